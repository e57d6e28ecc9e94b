package emulator

import (
	"maps"
	"slices"
	"time"
)

// gatewayNode is one of the machines that admit cloud calls. Each keeps the
// permission list of a function from its own last look-up until that is
// CacheTTL old; nothing is pushed to it. From this alone follow the documented
// ten minutes, the sudden success of a fresh function, the flapping answers in
// between, and the revocation that lingers. The nodes are a model: only the ten
// minutes and -604101 are documented.
type gatewayNode map[string]cachedList

type cachedList struct {
	Openapi   []string  `json:"openapi"`
	FetchedAt time.Time `json:"fetchedAt"`
}

// admit decides whether a function may call an interface, as the node that
// happens to get the request sees it, and whether that changed what is worth a
// snapshot: the node had to look up, or the function never called it before.
func (e *Emulator) admit(key, api string) (node int, allowed, changed bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	node = e.random.IntN(len(e.state.Nodes))
	now := e.now()
	list, ok := e.state.Nodes[node][key]
	if !ok || !now.Before(list.FetchedAt.Add(e.options.CacheTTL)) {
		// What has expired decides nothing any more, and may be of functions that are gone.
		maps.DeleteFunc(e.state.Nodes[node], func(_ string, l cachedList) bool { return !now.Before(l.FetchedAt.Add(e.options.CacheTTL)) })
		list = cachedList{FetchedAt: now}
		if f, ok := e.state.Functions[key]; ok && f.Permissions != nil {
			list.Openapi = slices.Clone(f.Permissions.Openapi)
		}
		e.state.Nodes[node][key] = list
		changed = true
	}
	allowed = slices.Contains(list.Openapi, api)
	first := e.state.observe(key, api, allowed, now)
	return node, allowed, changed || first
}
