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
