package emulator

import (
	"maps"
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/emulator/faults"
)

// FaultNames are what faults can be laid on: cloud actions, addresses of the
// WeChat HTTP API, the calls of the upload key, what the SDK asks besides, and the
// interfaces of the catalog.
func FaultNames() faults.Names {
	n := faults.Names{Deploys: []string{"CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "UpdateFunctionIncrementalCode"}}
	var e *Emulator // of which only the names are asked
	for name := range maps.Keys(e.cloudActions()) {
		if _, action, _ := strings.Cut(name, "."); !slices.Contains(n.Deploys, action) {
			n.Targets = append(n.Targets, action)
		}
	}
	n.Targets = slices.AppendSeq(n.Targets, maps.Keys(e.wechatAddresses()))
	n.Targets = append(n.Targets, "getrandstr", "getattr", "getqcloudapisignature", "getqbaseinfo", "route/getqcloudapiauth", actionInvokeFunction, svrkitOpenData)
	slices.Sort(n.Targets) // so that what is suggested does not change from run to run
	for i := range catalog.All() {
		n.Targets = append(n.Targets, i.Name)
	}
	return n
}
