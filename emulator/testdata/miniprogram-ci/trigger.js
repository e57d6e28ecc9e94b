'use strict'
// Sets one timer with the real miniprogram-ci, as its README shows.
const ci = require('miniprogram-ci')
const [appid, projectPath, privateKeyPath, envId, functionName, config] = process.argv.slice(2)

const project = new ci.Project({ appid, type: 'miniProgram', projectPath, privateKeyPath, ignores: [] })
ci.cloud.createTimeTrigger({ project, envId, functionName, triggersConfig: [{ name: 'nightly', type: 'timer', config }] })
  .then(() => process.exit(0), (e) => { console.error(e); process.exit(1) })
