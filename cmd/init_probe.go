package cmd

import (
	"path"
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/cmd/scaffold"
	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/probe"
	"wxcloud/lint/js"
)

// probeScaffold writes a probe into the code of a new function, into TypeScript
// and what it was compiled to alike, and returns the interfaces it asks.
func (a *app) probeScaffold(params scaffold.Params, files []scaffold.File) ([]string, error) {
	template, _ := scaffold.Lookup(params.Template)
	calls, names := probeCalls(nil)
	if !slices.ContainsFunc(template.APIs, func(api string) bool { return slices.Contains(names, api) }) {
		return nil, clierr.New("cmd/probe-nothing", clierr.NotFound, clierr.Args{"function": params.Name, "names": orElse(strings.Join(template.APIs, ", "), "-")}).
			Hint("cmd/hint-probe-known", clierr.Args{"names": strings.Join(catalog.Probes(), ", ")})
	}
	var compiled []byte
	for _, f := range files {
		if path.Base(f.Path) == "index.js" {
			compiled = f.Data
		}
	}
	for i := range files {
		if name := path.Base(files[i].Path); name != "index.js" && name != "index.ts" {
			continue
		}
		site, why := probeSite(params.Name, files[i].Path, files[i].Data, compiled)
		if why != js.HandlerFound {
			return nil, clierr.New("cmd/probe-refused", clierr.Local, clierr.Args{"reason": a.t(text.ProbeReason(string(why)))}).In(clierr.Position{File: files[i].Path})
		}
		with, err := probe.Add(files[i].Data, site, calls)
		if err != nil {
			return nil, err
		}
		files[i].Data = with
	}
	return names, nil
}
