package functiontree

// The statements functions are made of. In them {v} declares a name, {r} is one
// that is visible, {f} a field, {c} a collection, {s} a text, {n} a number, {m}
// a remark, and {B} is where further statements stand, a level deeper. They end
// in semicolons, which authors who leave them out lose again.
var statements = [...]string{
	"const {v} = await db.collection('{c}').where({ {f}: {r}, {f}: _.neq('{s}') }).get();\n",
	"const {v} = await db.collection('{c}').doc({r}).get();\n",
	"const {v} = await db.collection('{c}').where({\n  _openid: {r},\n  {f}: db.RegExp({ regexp: event.{f}, options: 'i' })\n}).orderBy('{f}', 'desc').skip({n}).limit({n}).get();\n",
	"await db.collection('{c}').add({\n  data: {\n    {f}: {r},\n    {f}: event.{f},\n    {f}: db.serverDate(),\n    {f}: {n}\n  }\n});\n",
	"await db.collection('{c}').doc({r}).update({\n  data: { {f}: _.inc({n}), {f}: {r} }\n});\n",
	"const { {f}: {v}, {f}: {v} = {n} } = event;\n",
	"let {v} = [];\n",
	"var {v} = {n};\n",
	"const {v} = { {f}: {r}, {f}: '{s}', {f}: {n}, list: [{n}, {n}, '{s}'] };\n",
	"if (!{r} || {r}.{f} === {n}) {\n  return { code: {n}, msg: '{s}' };\n}\n",
	"if ({r}.length > {n} && {r}.{f} !== undefined) {\n{B}}\n",
	"if (event.{f} == '{f}') {\n{B}} else {\n{B}}\n",
	"for (let i = 0; i < {r}.length; i++) {\n{B}}\n",
	"for (const item of {r}.data || []) {\n{B}}\n",
	"try {\n{B}} catch (err) {\n  console.error('{s}', err);\n  return { code: -1, msg: err.message };\n}\n",
	"switch (event.{f}) {\n  case '{f}': {\n{B}    break;\n  }\n  case '{f}':\n    return {r};\n  default:\n    console.log('{s}', event.{f});\n}\n",
	"const {v} = {r}.map(item => ({ ...item, {f}: item.{f} * {n}, {f}: `${item.{f}}-{c}` }));\n",
	"const {v} = {r}.filter(function (item) {\n  return item.{f} > {n} && item.{f} != null;\n});\n",
	"{r}.forEach(async (item, index) => {\n{B}});\n",
	"const {v} = await Promise.all({r}.map(async id => {\n  const res = await db.collection('{c}').doc(id).field({ {f}: true }).get();\n  return res.data;\n}));\n",
	"console.log('{s}', {r});\n",
	"// {m}\n",
	"// {m}\nconst {v} = new Date(new Date().getTime() + {n} * 60 * 60 * 1000);\nconst {v} = `${{r}}-{n}`.replace(/[^0-9a-z]+/gi, '');\n",
	"/**\n * {m}\n * @param {Object} {f}\n */\nconst {v} = async ({f}) => {\n{B}  return {r};\n};\n",
	"const {v} = await cloud.callFunction({\n  name: '{c}',\n  data: { {f}: {r}, {f}: event.{f} }\n});\n",
	"const {v} = await cloud.uploadFile({\n  cloudPath: `{c}/${Date.now()}-${Math.floor(Math.random() * {n})}.png`,\n  fileContent: {r}.buffer\n});\n",
	"db.collection('{c}').where({ {f}: {r} }).get().then(res => {\n  console.log(res.data);\n  return res.data[{n}];\n}).catch(err => {\n  console.error('{s}', err);\n});\n",
	"await new Promise((resolve, reject) => {\n  setTimeout(() => resolve({r}), {n});\n});\n",
	"const {v} = {r} ? {r}.{f} : ({r} && {r}.{f}) || '{s}';\n",
	"while ({r}.{f} < {n}) {\n{B}  break;\n}\n",
	"const {v} = (a, b) => a.{f} - b.{f} || (a.{f} > b.{f} ? 1 : -1);\n",
	"const {v} = Object.keys({r}).sort().map(k => k + '=' + {r}[k]).join('&');\n",
	"const {v} = JSON.parse(JSON.stringify({r} || {}));\n",
	"const {v} = crypto.createHash('md5').update({r} + '{c}').digest('hex').toUpperCase();\n",
	"const {v} = await db.collection('{c}').aggregate()\n  .match({ {f}: {r} })\n  .lookup({ from: '{c}', localField: '{f}', foreignField: '{f}', as: '{c}' })\n  .project({ {f}: 1, {f}: $.size('${f}') })\n  .end();\n",
	"async function {v}({f}, callback) {\n{B}  callback(null, {r});\n}\n",
}

// es5Statements are what down-levelled and older code adds.
var es5Statements = [...]string{
	"var {v} = function (a, b) { return a && b ? a.{f} : b; };\n",
	"var {v} = this && this.{f} || function (t) { for (var s, i = 1, n = arguments.length; i < n; i++) { s = arguments[i]; for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p)) t[p] = s[p]; } return t; };\n",
	"switch ({n}) {\n  case 0: return [4, {r}];\n  case 1:\n{B}    return [2, { {f}: {r}, {f}: {n} }];\n}\n",
	"var {v} = [{n}, 0x{n}, '{s}', /^[a-z]{n}$/, { '{f}': {r} }];\n",
}
