package emulator

import (
	"slices"
	"strings"
	"time"

	"wxcloud/emulator/signature"
)

// The states of a function (a subset of the documented ones).
const (
	statusCreating     = "Creating"
	statusUpdating     = "Updating"
	statusActive       = "Active"
	statusCreateFailed = "CreateFailed"
	statusUpdateFailed = "UpdateFailed"
)

// function is one cloud function. It is read and changed under Emulator.mu.
type function struct {
	Env         string         `json:"env"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Runtime     string         `json:"runtime"`
	Handler     string         `json:"handler"`
	MemoryMB    int            `json:"memoryMb"`
	Timeout     int            `json:"timeoutSeconds"`
	Variables   []variable     `json:"variables,omitempty"`
	Install     bool           `json:"installDependency"`
	Triggers    []Trigger      `json:"triggers,omitempty"`
	Added       time.Time      `json:"added"`
	Modified    time.Time      `json:"modified"`
	Current     code           `json:"current"`           // what invocations run
	Pending     *code          `json:"pending,omitempty"` // what they run once the function is Active
	ReadyAt     time.Time      `json:"readyAt"`           // when a deploy ends, on the local cloud's clock
	Installing  bool           `json:"installing,omitempty"`
	Failure     string         `json:"failure,omitempty"` // why the last deploy failed
	Permissions *permissions   `json:"permissions,omitempty"`
	Configs     map[int]string `json:"configs,omitempty"` // types 2 and 3 as sent to uploadfuncconfig
	Versions    []version      `json:"versions,omitempty"`
	Secret      string         `json:"codeSecret,omitempty"` // what the code was uploaded with
}

// code is one version of a function's files.
type code struct {
	SHA     string `json:"sha256"`
	Size    int    `json:"size"`
	Install bool   `json:"install"`
	Serial  int    `json:"serial"`        // tells deploys of the same bytes apart
	SDK     string `json:"sdk,omitempty"` // FunctionStatus.SDK, once its packages are installed
}

// variable is an environment variable as the cloud spells it.
type variable struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
}

// Trigger is a stored timer.
type Trigger struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Config string `json:"config"` // seven-field cron
	// WeChat says that WeChat itself keeps it (function configuration of type 2),
	// so that what it starts carries a cloud-call ticket.
	WeChat bool      `json:"weChat,omitempty"`
	Since  time.Time `json:"since,omitzero"` // when it was stored, on the local cloud's clock
}

// permissions is the list that is in force.
type permissions struct {
	Openapi   []string  `json:"openapi"`
	Config    string    `json:"config"` // the text as it was sent, which getfuncconfig gives back
	AppliedAt time.Time `json:"appliedAt"`
}

func functionKey(env, name string) string { return env + "/" + name }

func (f *function) key() string { return functionKey(f.Env, f.Name) }

// status is the state at a moment of the local cloud's clock.
func (f *function) status(now time.Time) string {
	created := f.Current.SHA != ""
	switch {
	case f.busy(now) && created:
		return statusUpdating
	case f.busy(now):
		return statusCreating
	case f.Failure != "" && created:
		return statusUpdateFailed
	case f.Failure != "":
		return statusCreateFailed
	default:
		return statusActive
	}
}

func (f *function) busy(now time.Time) bool { return f.Installing || now.Before(f.ReadyAt) }

// settle lets a finished deploy take effect.
func (f *function) settle(now time.Time) {
	if f.Pending != nil && !f.busy(now) && f.Failure == "" {
		f.Current, f.Pending = *f.Pending, nil
	}
}

// latest is the newest code accepted.
func (f *function) latest() code {
	if f.Pending != nil {
		return *f.Pending
	}
	return f.Current
}

// settings identifies what besides the code a process depends on.
func (f *function) settings() string {
	var b strings.Builder
	b.WriteString(f.Handler)
	for _, v := range f.Variables {
		b.WriteString("\x00" + v.Key + "=" + v.Value)
	}
	return signature.Hash([]byte(b.String()))[:16]
}

// setTrigger replaces the trigger of the same name or adds it. What the real
// BatchCreateTrigger does with an existing name is not documented.
func (f *function) setTrigger(t Trigger) {
	if i := slices.IndexFunc(f.Triggers, func(o Trigger) bool { return o.Name == t.Name }); i >= 0 {
		f.Triggers[i] = t
		return
	}
	f.Triggers = append(f.Triggers, t)
}

// find returns a function of the one environment. The caller holds mu.
func (e *Emulator) find(name string) (*function, bool) {
	f, ok := e.state.Functions[functionKey(e.credentials.EnvID, name)]
	if ok {
		f.settle(e.now())
	}
	return f, ok
}
