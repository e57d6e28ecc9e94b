package devtools

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// output is what a command of DevTools printed.
type output struct{ text string }

// decode reads what a console in China prints: UTF-8, or GBK on Windows.
func decode(b []byte) string {
	if !utf8.Valid(b) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
			b = decoded
		}
	}
	return strings.ReplaceAll(escapes().ReplaceAllString(string(bytes.ToValidUTF8(b, []byte("?"))), ""), "\r", "\n")
}

// escapes are the colours and movements of a terminal.
var escapes = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07`)
})

// trouble is what is known to be wrong by its words.
type trouble int

const (
	none      trouble = iota
	portOff           // DevTools does not let itself be driven
	loggedOut         // nobody is logged in
	signature         // WeChat refuses to sign its call: ret 41002
	busy              // the function is in another change
)

// troubles are the words, in lower case, in the order in which they decide.
var troubles = [...]struct {
	kind  trouble
	words []string
}{
	{portOff, []string{"service port disabled", "服务端口已关闭", "enable ide service", "default/.cli", `default\.cli`}},
	{loggedOut, []string{"需要重新登录", "请先登录", "未登录", `"login":false`, `"login": false`, "please login", "please log in", "please sign in", "re-login", "not logged in", "need login"}},
	{signature, []string{"getcloudapisignedheader", "41002"}},
	{busy, []string{"updating", "正在更新", "更新中"}},
}

func (o output) trouble() trouble {
	text := strings.ToLower(o.text)
	for _, t := range troubles {
		if slices.ContainsFunc(t.words, func(word string) bool { return strings.Contains(text, word) }) {
			return t.kind
		}
	}
	return none
}

// said is the line that says most of what was printed: one with an error, else the
// last. It is for a person.
func (o output) said() string {
	last := ""
	for line := range strings.Lines(o.text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.ContainsAny(line, "┌├└─│"):
		case strings.Contains(strings.ToLower(line), "error") || strings.HasPrefix(line, "×") || strings.HasPrefix(line, "✖"):
			return clip(line)
		default:
			last = line
		}
	}
	if last == "" {
		return "-"
	}
	return clip(last)
}

// maxSaid bounds what is repeated of a line.
const maxSaid = 300

func clip(line string) string {
	if runes := []rune(line); len(runes) > maxSaid {
		return string(runes[:maxSaid]) + "..."
	}
	return line
}

// row is what was printed of one function.
type row struct {
	success bool
	problem string
	files   int
	size    string
}

// row finds what was printed of a function: a row of a table, or, as some versions
// print it, JSON. Of several the last one counts.
func (o output) row(function string) (row, bool) {
	if r, ok := o.tableRow(function); ok {
		return r, ok
	}
	return o.jsonRow(function)
}

// The headings, by what stands below them.
var headings = map[string]string{
	"(index)": "index", "(iteration index)": "index", "name": "name", "名称": "name", "云函数": "name", "函数名": "name",
	"success": "success", "成功": "success", "是否成功": "success",
	"error": "error", "errmsg": "error", "message": "error", "错误": "error", "错误信息": "error",
	"filescount": "files", "文件数": "files", "packsize": "size", "包大小": "size",
}

func (o output) tableRow(function string) (found row, ok bool) {
	var columns []string
	for line := range strings.Lines(o.text) {
		cells := cellsOf(line)
		if cells == nil {
			continue
		}
		if named := headingsOf(cells); slices.Contains(named, "success") {
			columns = named
			continue
		}
		if r, name := readRow(columns, cells); name == function {
			found, ok = r, true
		}
	}
	return found, ok
}

// cellsOf splits a row of a table, nil if the line is none.
func cellsOf(line string) []string {
	line = strings.ReplaceAll(strings.TrimSpace(line), "│", "|")
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil
	}
	cells := strings.Split(line[1:len(line)-1], "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
		if n := len(cells[i]); n >= 2 && cells[i][0] == '\'' && cells[i][n-1] == '\'' {
			cells[i] = cells[i][1 : n-1]
		}
	}
	return cells
}

func headingsOf(cells []string) []string {
	named := make([]string, len(cells))
	for i, c := range cells {
		named[i] = headings[strings.ToLower(c)]
	}
	return named
}

// readRow reads a row below headings. A message with a bar in it makes more cells
// than there are columns; the last column takes the rest.
func readRow(columns, cells []string) (r row, name string) {
	for i, column := range columns {
		if i >= len(cells) {
			break
		}
		value := cells[i]
		if i == len(columns)-1 {
			value = strings.Join(cells[i:], "|")
		}
		switch column {
		case "index":
			name = value
		case "name": // stands behind an index that only counts
			name = value
		case "success":
			r.success = value == "true" || value == "是"
		case "error":
			r.problem = value
		case "files":
			r.files, _ = strconv.Atoi(value) // not needed to know the end
		case "size":
			r.size = value
		}
	}
	return r, name
}

// jsonRow looks for {"notify": {"success": true}} and [{"name": "notify", "success":
// true}] wherever they begin in what was printed.
func (o output) jsonRow(function string) (found row, ok bool) {
	for at, c := range o.text {
		if c != '{' && c != '[' {
			continue
		}
		var v any
		if json.NewDecoder(strings.NewReader(o.text[at:])).Decode(&v) != nil {
			continue
		}
		if r, is := rowIn(v, function, 0); is {
			return r, true
		}
	}
	return row{}, false
}

// maxNesting is how deep a row may lie; nobody nests it deeper than in a result.
const maxNesting = 4

func rowIn(v any, function string, depth int) (row, bool) {
	if depth > maxNesting {
		return row{}, false
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if r, ok := rowIn(item, function, depth+1); ok {
				return r, true
			}
		}
	case map[string]any:
		if v["name"] == function {
			return rowOf(v)
		}
		if inner, is := v[function].(map[string]any); is {
			return rowOf(inner)
		}
		for _, item := range v {
			if r, ok := rowIn(item, function, depth+1); ok {
				return r, true
			}
		}
	}
	return row{}, false
}

func rowOf(v map[string]any) (r row, ok bool) {
	r.success, ok = v["success"].(bool)
	r.problem, _ = v["error"].(string)
	files, _ := v["filesCount"].(float64)
	r.files = int(files)
	r.size, _ = v["packSize"].(string)
	return r, ok
}
