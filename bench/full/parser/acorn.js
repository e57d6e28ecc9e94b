// What acorn and eslint-scope say of every JavaScript file: one line of JSON each.
const acorn = require('acorn'), jsx = require('acorn-jsx'), scope = require('eslint-scope'), keys = require('eslint-visitor-keys')
const files = require('./corpus')

const parser = acorn.Parser.extend(jsx())
const kinds = {
  ArrayExpression: 'array', ArrayPattern: 'array pattern', ArrowFunctionExpression: 'function', AssignmentExpression: 'assign',
  AssignmentPattern: 'default', AwaitExpression: 'await', BinaryExpression: 'binary', BlockStatement: 'block', BreakStatement: 'break',
  CallExpression: 'call', CatchClause: 'catch', ClassDeclaration: 'class', ClassExpression: 'class', ConditionalExpression: 'cond',
  ContinueStatement: 'continue', DoWhileStatement: 'do while', ExportAllDeclaration: 'export all', ExportDefaultDeclaration: 'export default',
  ExpressionStatement: 'expr', ForInStatement: 'for in', ForOfStatement: 'for of', ForStatement: 'for', FunctionDeclaration: 'function',
  FunctionExpression: 'function', IfStatement: 'if', ImportDeclaration: 'import', ImportExpression: 'import call', LabeledStatement: 'labeled',
  LogicalExpression: 'logical', MetaProperty: 'meta', NewExpression: 'new', ObjectExpression: 'object', ObjectPattern: 'object pattern',
  RestElement: 'rest', ReturnStatement: 'return', SequenceExpression: 'sequence', SpreadElement: 'spread', Super: 'super', SwitchCase: 'case',
  SwitchStatement: 'switch', TaggedTemplateExpression: 'tagged', TemplateElement: 'chunk', TemplateLiteral: 'template', ThisExpression: 'this',
  ThrowStatement: 'throw', TryStatement: 'try', UnaryExpression: 'unary', UpdateExpression: 'update', VariableDeclaration: 'var',
  VariableDeclarator: 'declarator', WhileStatement: 'while', WithStatement: 'with', YieldExpression: 'yield',
}

function parse(file, src) {
  const module = { sourceType: 'module', allowAwaitOutsideFunction: true }
  const script = { sourceType: 'script' }
  const ways = file.endsWith('.mjs') ? [module] : file.endsWith('.cjs') ? [script] : [script, module, { ...script, allowAwaitOutsideFunction: true }]
  let error
  for (const way of ways) {
    try {
      return { ast: parser.parse(src, { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: way !== module, ranges: true, ...way }), way }
    } catch (e) { error = error || e }
  }
  return { error }
}

function count(ast, at) {
  const counts = {}
  const stack = [ast]
  while (stack.length) {
    const n = stack.pop()
    let kind = kinds[n.type]
    if (n.type === 'MemberExpression') kind = n.computed ? 'index' : 'dot'
    else if (n.type === 'Literal') kind = typeof n.value === 'string' ? 'string' : 'literal'
    if (kind) {
      const c = counts[kind] = counts[kind] || [0, 0, 0]
      c[0]++; c[1] += at(n.start); c[2] += at(n.end)
    }
    for (const key in n) {
      if (n.type === 'Property' && n.shorthand && key === 'key' || key === 'attributes') continue
      const v = n[key]
      if (Array.isArray(v)) { for (const x of v) if (x && x.type) stack.push(x) } else if (v && v.type) stack.push(v)
    }
  }
  return counts
}

function free(ast, way, at) {
  const manager = scope.analyze(ast, {
    ecmaVersion: 2026, sourceType: way.sourceType, nodejsScope: way.sourceType === 'script', ignoreEval: true, jsx: true,
    childVisitorKeys: keys.KEYS, fallback: 'iteration',
  })
  const names = Object.create(null)
  for (const r of manager.globalScope.through) {
    const c = names[r.identifier.name] = names[r.identifier.name] || [0, 0]
    c[0]++; c[1] += at(r.identifier.start)
  }
  return names
}

// mutants are broken copies of a file: a token removed, said twice, replaced by
// another of the file, or two neighbours swapped. The choice is always the same.
function mutants(src) {
  let seed = src.length
  const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
  const tokens = []
  try {
    for (const t of parser.tokenizer(src, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true })) tokens.push([t.start, t.end])
  } catch { return [] }
  if (tokens.length < 3) return []
  const text = i => src.slice(tokens[i][0], tokens[i][1])
  const out = []
  for (let k = 0; k < 8; k++) {
    const i = random(tokens.length - 1), j = random(tokens.length - 1)
    const [start, end] = tokens[i]
    const put = (s, to = end) => out.push(src.slice(0, start) + s + src.slice(to))
    if (k % 4 === 0) put('')
    else if (k % 4 === 1) put(text(i) + ' ' + text(i))
    else if (k % 4 === 2) put(' ' + text(j) + ' ')
    else put(text(i + 1) + ' ' + text(i), tokens[i + 1][1])
  }
  return out
}

if (process.argv[2] === 'mutants') {
  for (const { file, src } of files(/\.(js|mjs|cjs)$/)) {
    if (src.length > 5000 || parse(file, src).error) continue
    mutants(src).forEach((text, i) => {
      const { error } = parse(file, text)
      process.stdout.write(JSON.stringify({ file, number: i, source: text, error: error && error.message }) + '\n')
    })
  }
  process.exit()
}

for (const { file, src } of files(/\.(js|mjs|cjs|jsx)$/)) {
  const line = { file }
  const { ast, way, error } = parse(file, src)
  if (error) line.error = error.message
  else {
    const at = files.byteOffsets(src)
    line.module = way.sourceType === 'module'
    line.jsx = /"type":"JSX/.test(JSON.stringify(ast, (k, v) => (typeof v === 'bigint' ? 0 : v)))
    line.counts = count(ast, at)
    try { line.free = free(ast, way, at) } catch (e) { line.scopeError = e.message }
  }
  process.stdout.write(JSON.stringify(line) + '\n')
}
