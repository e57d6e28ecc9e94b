package pack

// IgnoreFile is the function's own list of what not to pack, with the meaning
// of a .gitignore. Folders below may have one too.
const IgnoreFile = ".wxcloudignore"

// defaults are left out unless a list takes them back with "!". The first
// group is of no use in the cloud, the second must not get there.
const defaults = `.git
.svn
.hg
.DS_Store
Thumbs.db
.idea/
.vscode/
.wxcloud/
.wxcloudignore
.wxcloud-*.tmp
npm-debug.log*
.env
.env.*
private.*.key
*.pem
.npmrc
`

// remoteDefaults are added when the cloud installs the dependencies.
const remoteDefaults = "node_modules/\n"

// testDefaults are left out of the function's own code: names that only test
// runners load. Folders called test or tests are none of them, for code may
// well ask for what lies there; nor is anything below node_modules.
const testDefaults = `__tests__/
*.test.[jt]s
*.test.[cm]js
*.spec.[jt]s
*.spec.[cm]js
`
