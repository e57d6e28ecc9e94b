package scaffold

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"wxcloud/internal/probe"
	"wxcloud/lint/js"
)

// TestAProbeIsTypeChecked writes a probe into every TypeScript template, and into
// the other ways to export main, and has the compiler check them with the strict
// settings of the templates.
func TestAProbeIsTypeChecked(t *testing.T) {
	if testing.Short() {
		t.Skip("installs TypeScript from npm")
	}
	modules := installTypeScript(t)
	dir := below(t, modules)
	sources := map[string]string{
		"function": "export async function main(event: { id: number }, context?: unknown): Promise<number> {\n  return event.id\n}\n",
		"list":     "const handler = async (event: unknown): Promise<void> => { await event }\nexport { handler as main }\n",
		"property": "export {}\nexports.main = async (event: { id: number }) => event.id\n",
	}
	settings := ""
	for i, p := range everyFunction() {
		if p.TypeScript {
			rendered := mustFunction(t, p)
			sources[fmt.Sprintf("%s-%s-%d", p.Template, p.Lang, i)] = rendered["index.ts"]
			settings = rendered["tsconfig.json"]
		}
	}
	calls := []probe.Call{{API: "security.msgSecCheck", Args: "{ content: 'x', scene: 0 }"}, {API: "phonenumber.getPhoneNumber", Args: "{ code: ' ' }"}}
	var files []string
	for name, src := range sources {
		h, why := js.FindHandler("index.ts", []byte(src))
		if why == js.HandlerNoEvent {
			h, why = js.Handler{}, js.HandlerFound // a main without an event: behind everything
		}
		if why != js.HandlerFound {
			t.Fatalf("%s: %s", name, why)
		}
		with, err := probe.Add([]byte(src), probe.Site{Function: "f", Module: h.Module, TypeScript: true, Body: h.Body, Event: h.Event}, calls)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, name+"/index.ts")
		writeFiles(t, filepath.Join(dir, name), map[string]string{"index.ts": string(with)})
	}
	if len(files) < 4 {
		t.Fatalf("only %s", strings.Join(files, ", "))
	}
	config, err := json.Marshal(map[string]any{"extends": "./function.json", "files": files})
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, map[string]string{"function.json": settings, "tsconfig.json": string(config)})
	if out, err := tsc(t, modules, dir); err != nil {
		t.Fatalf("tsc: %v\n%s", err, out)
	}
	t.Logf("%d files", len(files))
}
