package js

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMissingModules(t *testing.T) {
	for _, c := range []struct {
		name, text, entry string
		want              map[string]string
	}{
		{"other case", `require('./lib/Common'); require('./Lib/common'); require('./LIB/Common.js'); require('./lib/common'); require('./Data.json')
-- lib/common.js --
;
-- data.json --
{}`, "index.js", map[string]string{
			"./lib/Common": "./lib/common", "./Lib/common": "./lib/common", "./LIB/Common.js": "./lib/common.js", "./Data.json": "./data.json",
		}},
		{"a folder", `require('./Util'); require('../FN/a')
-- util/index.js --
;
-- a.js --
;`, "index.js", map[string]string{"./Util": "./util", "../FN/a": "../fn/a"}},
		{"nothing like it", `require('./gone'); require('./util')
-- util/readme.txt --
;
-- Gone/data.txt --
;`, "index.js", map[string]string{"./gone": "", "./util": ""}},
		{"types alone", `-- index.ts --
import { A } from './types'; import { B } from './gone'; B(); import { C } from './deep'; import { D } from './made.js'
-- types.d.ts --
;
-- deep/index.d.ts --
;
-- made.d.ts --
;`, "index.ts", map[string]string{"./gone": ""}},
		{"types are nothing to JavaScript", `require('./types')
-- types.d.ts --
;`, "index.js", map[string]string{"./types": ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := map[string]string{}
			for _, m := range analyzeText(NewAnalyzer(), c.text, c.entry).Missing {
				got[m.Request] = m.OtherCase
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
