// The files of the installed packages that are read: every text once, none larger
// than 400 KB, at most 1,200 of one package, in the order of their paths.
const fs = require('fs'), path = require('path'), crypto = require('crypto')

const largest = 400_000, perPackage = 1200

function walk(dir, out) {
  for (const e of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(dir, e.name)
    if (e.isDirectory()) walk(file, out)
    else if (e.isFile()) out.push(file)
  }
  return out
}

function packageOf(file) {
  const parts = file.split('node_modules' + path.sep).pop().split(path.sep)
  return parts[0][0] === '@' ? parts[0] + '/' + parts[1] : parts[0]
}

// files returns [{file, src}] of the names that match.
module.exports = function files(pattern) {
  const seen = new Set(), count = {}, out = []
  for (const file of walk('node_modules', [])) {
    if (!pattern.test(file) || file.includes('test262-parser-tests')) continue
    const data = fs.readFileSync(file)
    const hash = crypto.createHash('sha1').update(data).digest('base64')
    const name = packageOf(file)
    if (data.length > largest || seen.has(hash) || (count[name] = (count[name] || 0) + 1) > perPackage) continue
    seen.add(hash)
    const src = data.toString('utf8')
    if (src.includes('\uFFFD')) continue // not UTF-8: offsets could not be compared
    out.push({ file, src })
  }
  return out
}

// byteOffsets returns a function from UTF-16 offsets to byte offsets.
module.exports.byteOffsets = function byteOffsets(src) {
  if (/^[\0-\x7f]*$/.test(src)) return i => i
  const at = new Int32Array(src.length + 1)
  let n = 0
  for (let i = 0; i < src.length; i++) {
    at[i] = n
    const c = src.charCodeAt(i)
    if (c < 0x80) n++
    else if (c < 0x800) n += 2
    else if (c >= 0xd800 && c < 0xdc00) { n += 4; at[++i] = n }
    else n += 3
  }
  at[src.length] = n
  return i => at[i]
}
