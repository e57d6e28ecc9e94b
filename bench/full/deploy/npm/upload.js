'use strict'
// Updates cloud functions one after another with miniprogram-ci, as its README
// shows, and prints how long that took.
const ci = require('miniprogram-ci')
const path = require('path')
const [appid, projectPath, privateKeyPath, env, root, list] = process.argv.slice(2)

async function main() {
  const project = new ci.Project({ appid, type: 'miniProgram', projectPath, privateKeyPath, ignores: [] })
  const began = performance.now()
  for (const name of JSON.parse(list)) {
    await ci.cloud.uploadFunction({ project, env, name, path: path.join(root, name), remoteNpmInstall: false })
  }
  process.stdout.write('\nTOOK ' + (performance.now() - began) + '\n', () => process.exit(0))
}
main().catch((e) => { console.error(e); process.exit(1) })
