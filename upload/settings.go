package upload

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/probe"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// Creation are the settings of a function to be made. The runtime cannot be
// changed afterwards.
type Creation struct {
	Runtime                  string
	MemoryMB, TimeoutSeconds int
}

// Configuration are the settings to change; nil members stay.
type Configuration struct {
	MemoryMB, TimeoutSeconds *int
	InstallDependency        *bool
	// Variables is true when the set of variables changes. What is sent is made
	// of the set the function has at that moment.
	Variables bool
}

// part is what a limited deploy has to include for the change: who installs the
// dependencies belongs to the code.
func (c Configuration) part() Part {
	if c.MemoryMB == nil && c.TimeoutSeconds == nil && !c.Variables {
		return PartCode
	}
	return PartConfig
}

// Difference is something of a function that is not as the settings say.
type Difference struct {
	What DifferenceKind
	// Name is a variable's or a trigger's.
	Name string
	// From and To are empty for variables, whose values may be secrets; From is
	// empty for what is added, and To for what is removed.
	From, To string
	Action   DifferenceAction
}

// DifferenceKind is what differs.
type DifferenceKind string

// The kinds.
const (
	DiffRuntime  DifferenceKind = "runtime"
	DiffHandler  DifferenceKind = "handler"
	DiffMemory   DifferenceKind = "memory"  // MB
	DiffTimeout  DifferenceKind = "timeout" // seconds
	DiffInstall  DifferenceKind = "install-dependency"
	DiffVariable DifferenceKind = "variable"
	DiffTrigger  DifferenceKind = "trigger"
)

// DifferenceAction is what is done about a difference.
type DifferenceAction string

// The actions.
const (
	DiffAdd    DifferenceAction = "add"
	DiffChange DifferenceAction = "change"
	DiffRemove DifferenceAction = "remove"
	DiffReport DifferenceAction = "report" // nothing: the platform does not change it
	DiffKeep   DifferenceAction = "keep"   // nothing: it is not in the settings and pruning was not asked for
)

// ownVariables is how the names of variables start that wxcloud itself sets.
// Pruning keeps them.
const ownVariables = "WXCLOUD_"

// wanted is what the settings say of a function; zero members say nothing.
type wanted struct {
	Runtime                  string
	MemoryMB, TimeoutSeconds int
	Variables                map[string]string
	Triggers                 []wxapi.Trigger
	// Probe is true where the entry file holds a probe, which needs a nonce; the
	// one there is stays, and nonce is for a function that has none.
	Probe bool `json:",omitempty"`
	nonce string
}

func wantedOf(fn config.Function, s config.FunctionSettings) wanted {
	w := wanted{Runtime: s.Runtime, MemoryMB: s.MemoryMB, TimeoutSeconds: s.TimeoutSeconds, Variables: s.Variables}
	for _, t := range fn.TriggersWith(s) {
		w.Triggers = append(w.Triggers, wxapi.Trigger{Name: t.Name, Type: t.Type, Desc: t.Config})
	}
	if src, err := os.ReadFile(filepath.Join(fn.Dir, filepath.FromSlash(fn.Entry))); err == nil && probe.Answers(src) {
		w.Probe, w.nonce = true, probe.Nonce()
	}
	return w
}

// bytes is what the record's fingerprint is of.
func (w wanted) bytes(prune bool) []byte {
	text, err := json.Marshal(struct { // maps are written sorted
		wanted
		Prune bool
	}{w, prune})
	if err != nil {
		return nil // cannot happen with these types; an empty text matches nothing else
	}
	return text
}

// settings fills Create, Change, Triggers and Differences.
func (p *planner) settings() {
	f, w := p.plan, p.plan.wanted
	defer func() { f.Triggers.CloudCalls = len(w.Triggers) > 0 && len(p.Calls[f.Name]) > 0 }()
	if !f.Exists {
		f.Create = &Creation{DefaultRuntime, DefaultMemoryMB, DefaultTimeoutSeconds}
		if w.Runtime != "" {
			f.Create.Runtime = w.Runtime
		}
		if w.MemoryMB != 0 {
			f.Create.MemoryMB = w.MemoryMB
		}
		if w.TimeoutSeconds != 0 {
			f.Create.TimeoutSeconds = w.TimeoutSeconds
		}
		for _, name := range slices.Sorted(maps.Keys(w.Variables)) {
			f.differs(Difference{What: DiffVariable, Name: name, Action: DiffAdd})
		}
		if w.Probe {
			f.differs(Difference{What: DiffVariable, Name: probe.Variable, Action: DiffAdd})
		}
		f.Triggers = f.triggerChange(nil)
		return
	}
	if w.Runtime != "" && f.Remote.Runtime != "" && w.Runtime != f.Remote.Runtime {
		f.differs(Difference{What: DiffRuntime, From: f.Remote.Runtime, To: w.Runtime, Action: DiffReport})
	}
	var c Configuration
	if f.Looked {
		c = f.configuration()
		f.Reset = c != (Configuration{}) && !f.Remote.Partial && p.record.Sending == nil && state.SameFingerprint(p.record.Settings, w.bytes(p.Prune))
		f.Triggers = f.triggerChange(f.Remote.Triggers)
	}
	if f.Code != CodeUnchanged {
		if f.Handler != f.Remote.Handler && !f.Remote.Partial {
			f.differs(Difference{What: DiffHandler, From: f.Remote.Handler, To: f.Handler, Action: DiffChange})
		}
		if install := f.InstallDependency; install != bool(f.Remote.InstallDependency) {
			f.differs(Difference{What: DiffInstall, From: strconv.FormatBool(!install), To: strconv.FormatBool(install), Action: DiffChange})
			if p.wants(PartCode) {
				c.InstallDependency = &install
			}
		}
	}
	if !p.wants(PartConfig) {
		c.MemoryMB, c.TimeoutSeconds, c.Variables = nil, nil, false
	}
	if c != (Configuration{}) {
		f.Change = &c
	}
}

// configuration compares memory, timeout and variables.
func (f *FunctionPlan) configuration() Configuration {
	var c Configuration
	w := f.wanted
	// What a credential neither sees nor changes is not compared.
	if w.MemoryMB != 0 && w.MemoryMB != f.Remote.MemoryMB && !f.Remote.Partial {
		c.MemoryMB = &w.MemoryMB
		f.differs(Difference{What: DiffMemory, From: strconv.Itoa(f.Remote.MemoryMB), To: strconv.Itoa(w.MemoryMB), Action: DiffChange})
	}
	if w.TimeoutSeconds != 0 && w.TimeoutSeconds != f.Remote.TimeoutSeconds {
		c.TimeoutSeconds = &w.TimeoutSeconds
		f.differs(Difference{What: DiffTimeout, From: strconv.Itoa(f.Remote.TimeoutSeconds), To: strconv.Itoa(w.TimeoutSeconds), Action: DiffChange})
	}
	there := map[string]string{}
	for _, v := range f.Remote.Environment.Variables {
		there[v.Key] = v.Value
	}
	for _, name := range slices.Sorted(maps.Keys(w.Variables)) {
		if value, ok := there[name]; !ok {
			f.differs(Difference{What: DiffVariable, Name: name, Action: DiffAdd})
			c.Variables = true
		} else if value != w.Variables[name] {
			f.differs(Difference{What: DiffVariable, Name: name, Action: DiffChange})
			c.Variables = true
		}
	}
	_, has := there[probe.Variable]
	if _, named := w.Variables[probe.Variable]; !named && has != w.Probe {
		action := DiffAdd
		if has {
			action = DiffRemove
		}
		f.differs(Difference{What: DiffVariable, Name: probe.Variable, Action: action})
		c.Variables = true
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		if _, named := w.Variables[name]; named || strings.HasPrefix(name, ownVariables) {
			continue
		}
		if !f.prune {
			f.differs(Difference{What: DiffVariable, Name: name, Action: DiffKeep})
			continue
		}
		f.differs(Difference{What: DiffVariable, Name: name, Action: DiffRemove})
		c.Variables = true
	}
	return c
}

func (f *FunctionPlan) differs(d Difference) { f.Differences = append(f.Differences, d) }

// unsettled reports whether something about the settings remains to be done or
// to be said again next time.
func (f *FunctionPlan) unsettled() bool {
	return slices.ContainsFunc(f.Differences, func(d Difference) bool { return d.Action != DiffKeep && d.What != DiffHandler && d.What != DiffInstall })
}

// variables are those a function is to have that has these now: merged, or with
// prune the wanted ones alone and wxcloud's own.
func (w wanted) variables(now []wxapi.Variable, prune bool) []wxapi.Variable {
	var all []wxapi.Variable
	nonce := w.nonce
	for _, v := range now {
		if v.Key == probe.Variable {
			if !w.Probe {
				continue // it answers to nothing any more
			}
			nonce = ""
		}
		if _, named := w.Variables[v.Key]; !named && (!prune || strings.HasPrefix(v.Key, ownVariables)) {
			all = append(all, v)
		}
	}
	if _, named := w.Variables[probe.Variable]; nonce != "" && !named {
		all = append(all, wxapi.Variable{Key: probe.Variable, Value: nonce})
	}
	for name, value := range w.Variables {
		all = append(all, wxapi.Variable{Key: name, Value: value})
	}
	slices.SortFunc(all, func(a, b wxapi.Variable) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// has reports whether a function has the settings that a change was to give it.
func (w wanted) has(f wxapi.Function, c Configuration, prune bool) bool {
	if c.MemoryMB != nil && f.MemoryMB != *c.MemoryMB || c.TimeoutSeconds != nil && f.TimeoutSeconds != *c.TimeoutSeconds ||
		c.InstallDependency != nil && bool(f.InstallDependency) != *c.InstallDependency {
		return false
	}
	return !c.Variables || sameVariables(f.Environment.Variables, w.variables(f.Environment.Variables, prune))
}

func sameVariables(a, b []wxapi.Variable) bool {
	sorted := func(list []wxapi.Variable) []wxapi.Variable {
		return slices.SortedFunc(slices.Values(list), func(a, b wxapi.Variable) int { return strings.Compare(a.Key, b.Key) })
	}
	return slices.Equal(sorted(a), sorted(b))
}
