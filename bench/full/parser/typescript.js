// What TypeScript says of every TypeScript file: one line of JSON each.
const ts = require('typescript')
const files = require('./corpus')

const S = ts.SyntaxKind
const kinds = {
  [S.CallExpression]: 'call', [S.ExternalModuleReference]: 'call', [S.NewExpression]: 'new', [S.IfStatement]: 'if', [S.ReturnStatement]: 'return', [S.ConditionalExpression]: 'cond',
  [S.AwaitExpression]: 'await', [S.ThrowStatement]: 'throw', [S.TryStatement]: 'try', [S.SwitchStatement]: 'switch', [S.TaggedTemplateExpression]: 'tagged',
  [S.PropertyAccessExpression]: 'dot', [S.ElementAccessExpression]: 'index', [S.ArrowFunction]: 'arrow', [S.WhileStatement]: 'while',
  [S.ForOfStatement]: 'for of', [S.ForInStatement]: 'for in', [S.ForStatement]: 'for', [S.YieldExpression]: 'yield',
}

// mutants: see acorn.js.
function mutants(file, src) {
  let seed = src.length
  const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.LanguageVariant.JSX : ts.LanguageVariant.Standard, src)
  const tokens = []
  while (scanner.scan() !== S.EndOfFileToken) tokens.push([scanner.getTokenStart(), scanner.getTokenEnd()])
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
  for (const { file, src } of files(/\.(ts|tsx|mts|cts)$/)) {
    if (src.length > 5000 || /\.d\.[mc]?ts$/.test(file)) continue
    mutants(file, src).forEach((source, number) => {
      const d = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false).parseDiagnostics[0]
      process.stdout.write(JSON.stringify({ file, number, source, error: d && ts.flattenDiagnosticMessageText(d.messageText, ' ') }) + '\n')
    })
  }
  process.exit()
}

for (const { file, src } of files(/\.(ts|tsx|mts|cts)$/)) {
  const tree = ts.createSourceFile(file, src, ts.ScriptTarget.Latest, true)
  const line = { file }
  if (tree.parseDiagnostics.length) line.error = ts.flattenDiagnosticMessageText(tree.parseDiagnostics[0].messageText, ' ')
  else {
    const at = files.byteOffsets(src)
    const counts = (line.counts = {})
    const visit = n => {
      if ((ts.isTypeNode(n) && n.kind !== S.ExpressionWithTypeArguments) || ts.isInterfaceDeclaration(n) || ts.isTypeAliasDeclaration(n)) return
      if (ts.isHeritageClause(n) && n.token === S.ImplementsKeyword) return
      if (n.modifiers && n.modifiers.some(m => m.kind === S.DeclareKeyword || m.kind === S.AbstractKeyword && !ts.isClassLike(n))) return
      if (ts.isFunctionLike(n) && !n.body) return
      if (ts.isImportEqualsDeclaration(n) && n.isTypeOnly) return
      const kind = ts.isQualifiedName(n) ? 'dot' : n.kind === S.CallExpression && n.expression.kind === S.ImportKeyword ? 'import call' : kinds[n.kind]
      if (kind) {
        const c = counts[kind] = counts[kind] || [0, 0, 0]
        c[0]++; c[1] += at(n.getStart(tree)); c[2] += at(n.end)
      }
      ts.forEachChild(n, visit)
    }
    visit(tree)
  }
  process.stdout.write(JSON.stringify(line) + '\n')
}
