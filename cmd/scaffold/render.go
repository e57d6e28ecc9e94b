package scaffold

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
)

//go:embed all:templates
var files embed.FS

// Function renders one cloud function; paths are relative to its folder. The
// result can be deployed as it is: a TypeScript function comes with index.js
// compiled.
func Function(p Params) ([]File, error) {
	t, err := check(p)
	if err != nil {
		return nil, err
	}
	r, err := newRenderer(t, p)
	if err != nil {
		return nil, err
	}
	if p.TypeScript {
		r.add("index.ts", t.Name+"/index.tmpl")
		r.add("index.js", t.Name+"/compiled.tmpl")
		r.add("tsconfig.json", "parts/tsconfig.json")
	} else {
		r.add("index.js", t.Name+"/index.tmpl")
	}
	r.addJSON("package.json", packageJSON(p))
	r.addJSON("config.json", configJSON(t))
	r.add("README.md", t.Name+"/README."+r.short()+".tmpl")
	return r.files, r.err
}

// Project renders a project around the function that Function renders for the
// same Params: project.config.json, a mini program with one page that calls it,
// and a .gitignore that keeps the upload key out. Paths are relative to the
// project's folder; the function belongs into FunctionFolder.
func Project(p Params) ([]File, error) {
	t, err := check(p)
	if err != nil {
		return nil, err
	}
	if err := ValidateAppID(p.AppID); err != nil {
		return nil, err
	}
	r, err := newRenderer(t, p)
	if err != nil {
		return nil, err
	}
	r.addJSON("project.config.json", projectJSON(p))
	r.add(".gitignore", "project/gitignore.tmpl")
	r.add("miniprogram/app.js", "project/app.js.tmpl")
	r.addJSON("miniprogram/app.json", appJSON(p))
	r.add("miniprogram/pages/index/index.js", "project/index.js.tmpl")
	r.add("miniprogram/pages/index/index.wxml", "project/index.wxml.tmpl")
	r.addJSON("miniprogram/pages/index/index.json", struct{}{})
	return r.files, r.err
}

// FunctionFolder is where a project made by Project keeps its cloud functions.
const FunctionFolder = "cloudfunctions"

func check(p Params) (Template, error) {
	t, ok := Lookup(p.Template)
	if !ok {
		names := make([]string, 0, len(Templates()))
		for _, known := range Templates() {
			names = append(names, known.Name)
		}
		return t, clierr.New("scaffold/unknown-template", clierr.Usage, clierr.Args{"template": p.Template}).
			Hint("scaffold/hint-templates", clierr.Args{"templates": strings.Join(names, ", ")})
	}
	for _, err := range []error{ValidateName(p.Name), ValidateTemplateID(p.TemplateID), ValidateFields(strings.Join(p.Fields, " "))} {
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

// renderer turns template files into Files and keeps the first error, which is
// a mistake in a template and not the user's.
type renderer struct {
	lang   text.Lang
	shared *template.Template
	data   values
	files  []File
	err    error
}

// values are what a template can name.
type values struct {
	Params
	APIs   []string
	Ext    string // of the source file: "js" or "ts"
	Client string // methods of a page that call the function
	Markup string // the page's buttons for them
}

// newRenderer prepares the parts that several files share. Mini-program markup
// uses double braces itself, so templates are written with <% and %>.
func newRenderer(t Template, p Params) (*renderer, error) {
	r := &renderer{lang: p.Lang, data: values{Params: p, APIs: t.APIs, Ext: "js"}}
	if p.TypeScript {
		r.data.Ext = "ts"
	}
	r.shared = template.New("").Delims("<%", "%>").Funcs(functions(p))
	for _, part := range []string{"client", "permission", "typescript"} {
		source, err := read("parts/" + part + "." + r.short() + ".tmpl")
		if err != nil {
			return nil, err
		}
		if _, err := r.shared.New(part).Parse(source); err != nil {
			return nil, err
		}
	}
	r.data.Client = r.execute(t.Name + "/client.js.tmpl")
	r.data.Markup = r.execute(t.Name + "/client.wxml.tmpl")
	return r, r.err
}

// functions are the words a template is written in.
func functions(p Params) template.FuncMap {
	return template.FuncMap{
		// t is a text in the chosen language.
		"t": func(en, zh string) string { return text.Sentence{En: en, Zh: zh}.In(p.Lang) },
		// ts is there in TypeScript only.
		"ts": func(s string) string {
			if p.TypeScript {
				return s
			}
			return ""
		},
		"require": func() string {
			if p.TypeScript {
				return "import cloud = require('wx-server-sdk')"
			}
			return "const cloud = require('wx-server-sdk')"
		},
		"init": func() string {
			if p.TypeScript {
				note := text.Sentence{En: "The SDK takes this symbol; its types only know strings.", Zh: "SDK 支持这个 symbol，只是它的类型声明里只写了字符串。"}
				return "// " + note.In(p.Lang) + "\ncloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })"
			}
			return "cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })"
		},
		"main": func() string {
			if p.TypeScript {
				return "export const main ="
			}
			return "exports.main ="
		},
		"data":         func() string { return messageData(p) },
		"compiledData": func() string { return compiledData(p) },
	}
}

// short is the language as file names have it.
func (r *renderer) short() string {
	if r.lang == text.Chinese {
		return "zh"
	}
	return "en"
}

func (r *renderer) add(path, source string) {
	r.files = append(r.files, File{Path: path, Data: []byte(r.execute(source))})
}

func (r *renderer) addJSON(path string, value any) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil && r.err == nil {
		r.err = fmt.Errorf("%s: %w", path, err)
	}
	r.files = append(r.files, File{Path: path, Data: b.Bytes()})
}

func (r *renderer) execute(path string) string {
	if r.err != nil {
		return ""
	}
	var b strings.Builder
	source, err := read(path)
	if err == nil {
		var page *template.Template
		if page, err = r.shared.Clone(); err == nil {
			if page, err = page.New(path).Parse(source); err == nil {
				err = page.Execute(&b, r.data)
			}
		}
	}
	r.err = err
	return b.String()
}

func read(path string) (string, error) {
	data, err := files.ReadFile("templates/" + path)
	return string(data), err
}

// messageData is the object of a message's fields as source code, each with a
// text its kind accepts. Without fields it shows how one is written.
func messageData(p Params) string {
	if len(p.Fields) == 0 {
		key := "thing1"
		if p.Template == "template-message" {
			key = "keyword1"
		}
		return "{\n  // " + entry(key, p.Lang) + "\n}"
	}
	return object(p, "  ")
}

// compiledData is messageData the way the TypeScript compiler prints it.
func compiledData(p Params) string {
	if len(p.Fields) == 0 {
		return "{}"
	}
	return object(p, "    ")
}

func object(p Params, indent string) string {
	var b strings.Builder
	b.WriteString("{\n")
	for i, field := range p.Fields {
		if slices.Contains(p.Fields[:i], field) {
			continue // a key twice is an error in TypeScript
		}
		b.WriteString(indent + entry(field, p.Lang) + "\n")
	}
	return b.String() + "}"
}

func entry(field string, lang text.Lang) string {
	return field + ": { value: " + singleQuoted(sample(field, lang)) + " },"
}

// singleQuoted quotes one of our own samples, which hold no quotes.
func singleQuoted(s string) string { return "'" + strings.Trim(strconv.Quote(s), `"`) + "'" }
