'use strict'
// Runs one cloud function. The first line on standard input says which; each
// further line is a call. Answers are lines on standard output that start with
// the mark. Everything else on standard output and error is the function's log.
const fs = require('fs')
const path = require('path')
const Module = require('module')
const dns = require('dns')
const { pathToFileURL } = require('url')
const { Worker } = require('worker_threads')

const write = process.stdout.write.bind(process.stdout)
let setup
let main
let current = [] // names of the variables the last call added
let report = () => {}

const answer = (json, after) => write('\n' + setup.mark + json + '\n', after)
const failure = (e) => {
  const text = String(e)
  return JSON.stringify({ text, stack: e && e.stack ? String(e.stack) : text })
}

// Packages come from the code's own folders only: what lies in node_modules
// further up on the developer's disk does not exist in the cloud.
const fencePackages = (folders) => {
  const roots = folders.map((f) => fs.realpathSync(f))
  const paths = Module._nodeModulePaths
  const inside = (p) => roots.some((r) => p === r || p.startsWith(r + path.sep))
  Module._nodeModulePaths = (from) => paths.call(Module, from).filter(inside)
}

// Cloud services that this local cloud does not have are refused by name. They
// would otherwise be the real ones, asked with made-up credentials.
const fenceCloud = () => {
  const lookup = dns.lookup
  const cloud = /(^|\.)(tencentcloudapi\.com|tencentyun\.com|tcloudbasegateway\.com|myqcloud\.com|weixin\.qq\.com|servicewechat\.com)$/i
  dns.lookup = function (host, options, callback) {
    if (!cloud.test(String(host))) return lookup.apply(dns, arguments)
    const done = typeof options === 'function' ? options : callback
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND ' + host + ' (the local cloud does not reach the real one)'),
      { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host })
    process.nextTick(done, error)
    return {}
  }
}

// SDKs before 2.0 know no variable that says where the cloud is: they call it by
// name. Their calls go where the later ones are told to go.
const redirectOldSDKs = () => {
  const http = require('http')
  const https = require('https')
  const plain = http.request
  const named = /^tcb-(open|admin)\.(tencentyun|tencentcloudapi)\.com$/i
  const redirect = (original) => function (options, ...rest) {
    const host = options && typeof options === 'object' && (options.hostname || options.host)
    if (!named.test(String(host))) return original.call(this, options, ...rest)
    const local = new URL(JSON.parse(process.env.TCB_CONTEXT_CNFG).URL)
    const headers = Object.assign({ host }, options.headers)
    return plain.call(http, Object.assign({}, options, {
      protocol: 'http:', host: local.hostname, hostname: local.hostname, port: local.port, agent: undefined, headers
    }), ...rest)
  }
  http.request = redirect(http.request)
  https.request = redirect(https.request)
}

const load = async () => {
  const file = path.join(setup.dir, setup.file)
  let loaded
  try {
    loaded = require(file)
  } catch (e) {
    if (e && e.code === 'ERR_REQUIRE_ESM') {
      loaded = await import(pathToFileURL(require.resolve(file)).href)
    } else if (e && e.code === 'MODULE_NOT_FOUND' && fs.existsSync(file + '.mjs')) {
      loaded = await import(pathToFileURL(file + '.mjs').href)
    } else {
      throw e
    }
  }
  const handler = loaded[setup.export] || (loaded.default && loaded.default[setup.export])
  if (typeof handler !== 'function') {
    throw new Error(`Handler "${setup.export}" is missing in "${setup.file}"`)
  }
  return handler
}

// Resolves when the function has nothing left to wait for. Standard input, where
// the next call comes from, does not count meanwhile.
const emptyEventLoop = () => new Promise((resolve) => {
  process.stdin.unref()
  process.once('beforeExit', () => { process.stdin.ref(); resolve() })
})

const invoke = (event, context) => new Promise((resolve, reject) => {
  const done = (e, value) => {
    if (e) reject(e)
    else if (context && context.callbackWaitsForEmptyEventLoop) emptyEventLoop().then(() => resolve(value))
    else resolve(value)
  }
  const returned = main(event, context, done)
  if (returned && typeof returned.then === 'function') returned.then(resolve, reject)
  else if (main.length < 3) resolve(returned)
})

const call = async ({ env, event, context }) => {
  for (const name of current) delete process.env[name]
  current = Object.keys(env)
  Object.assign(process.env, env)
  let reported = false
  report = (name, json, after) => {
    if (reported) return
    reported = true
    answer(`{"${name}":${json},"rss":${process.memoryUsage().rss}}`, after)
  }
  try {
    if (!main) {
      main = await load()
      answer('{"loaded":true}')
    }
    const value = await invoke(event, context)
    report('value', JSON.stringify(value) || 'null') // undefined has no JSON
  } catch (e) {
    report('error', failure(e))
  }
}

const die = (e) => {
  setTimeout(() => process.exit(1), 1000).unref()
  report('error', failure(e), () => process.exit(1))
}
process.on('uncaughtException', die)

// Ends this process and what it started when its parent or owner has died
// without ending it. The end of standard input says so too, but a function that
// never returns keeps the main thread from reading it. On Windows a process
// keeps the number of a dead parent, so the owner is looked for as well. It also
// ends a process that takes more memory than its function has; Node's own share,
// measured before the code is loaded, is not the function's.
const guard = () => {
  const program = () => {
    const { owner, parent, memory, mark } = require('worker_threads').workerData
    const fs = require('fs')
    const end = () => {
      try { process.kill(-process.pid, 'SIGKILL') } catch (e) { process.kill(process.pid, 'SIGKILL') }
    }
    if (memory) {
      setInterval(() => {
        const rss = process.memoryUsage.rss()
        if (rss <= memory) return
        try { fs.writeSync(1, '\n' + mark + JSON.stringify({ tooMuch: true, rss }) + '\n') } catch (e) {}
        end()
      }, 50)
    }
    const alive = (pid) => {
      try { return process.kill(pid, 0) } catch (e) { return e.code !== 'ESRCH' }
    }
    setInterval(() => {
      if (process.ppid === parent && alive(owner)) return
      end()
    }, 1000)
  }
  const worker = new Worker(`(${program})()`, {
    eval: true, env: {}, workerData: {
      owner: setup.owner, parent: process.ppid, mark: setup.mark,
      memory: setup.memoryMB ? process.memoryUsage.rss() + (setup.memoryMB + 16) * 1048576 : 0 // the worker itself is in those 16
    },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 }
  })
  worker.on('error', () => {}) // the end of standard input is left
  worker.unref()
}

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop()
  for (const line of lines) {
    const message = JSON.parse(line)
    if (setup) {
      call(message)
    } else {
      setup = message
      fencePackages(setup.roots)
      fenceCloud()
      redirectOldSDKs()
      guard()
    }
  }
})
// Whoever started this process is gone.
process.stdin.on('end', () => process.exit(0))
