'use strict'
// Updates one cloud function with the real miniprogram-ci, as its README shows.
// Prints one JSON line and leaves: the package keeps a timer running.
const ci = require('miniprogram-ci')
const [appid, projectPath, privateKeyPath, env, name, path] = process.argv.slice(2)

const project = new ci.Project({ appid, type: 'miniProgram', projectPath, privateKeyPath, ignores: [] })
ci.cloud.uploadFunction({ project, env, name, path, remoteNpmInstall: false }).then(
  (result) => ({ ok: result }),
  (e) => ({ message: String(e && e.message), code: e && e.code }),
).then((answer) => {
  process.stdout.write('\nANSWER ' + JSON.stringify(answer) + '\n', () => process.exit(0))
})
