package emulator

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"wxcloud/emulator/faults"
	"wxcloud/emulator/interfaces"
	"wxcloud/internal/clierr"
)

// Status is what a local cloud says of itself.
type Status struct {
	URL       string        `json:"url"`
	Dir       string        `json:"dir"`
	AppID     string        `json:"appId"`
	EnvID     string        `json:"envId"`
	CAPath    string        `json:"caPath"` // NODE_EXTRA_CA_CERTS of real command-line clients
	PID       int           `json:"pid"`
	StartedAt time.Time     `json:"startedAt"`
	Now       time.Time     `json:"now"` // the local cloud's clock
	Offset    time.Duration `json:"offsetNanoseconds"`
	CacheTTL  time.Duration `json:"cacheTtlNanoseconds"`
	Nodes     int           `json:"nodes"`
	ApplyZip  bool          `json:"applyConfigOnUpload"`
	NodePath  string        `json:"nodePath,omitempty"` // "" when Node was not found
	Processes int           `json:"processes"`          // live Node processes
	// Environments are the one environment a local cloud has.
	Environments []EnvironmentStatus `json:"environments"`
	Functions    []FunctionStatus    `json:"functions"`
	Faults       []faults.Listed     `json:"faults"`
	// Sent are the latest messages users would have received, oldest first.
	Sent          []interfaces.Message `json:"sent"`
	Subscriptions Subscriptions        `json:"subscriptions"`
	Interfaces    ReplyStatus          `json:"interfaces"`
	Requests      []Exchange           `json:"requests"` // the latest, oldest first
}

// ReplyStatus is about the answers a project lays down for interfaces.
type ReplyStatus struct {
	Dir   string   `json:"dir"` // "" when there is none
	Names []string `json:"names"`
	// Problem is a file that cannot be used: its interface answers -1 until it is mended.
	Problem *Problem `json:"problem,omitempty"`
}

// Problem is an error as a document tells it: by its id, for the sentence is made
// where the person is.
type Problem struct {
	ID     clierr.ID   `json:"id"`
	Args   clierr.Args `json:"args,omitempty"`
	File   string      `json:"file,omitempty"`
	Line   int         `json:"line,omitempty"`
	Column int         `json:"column,omitempty"`
	Cause  string      `json:"cause,omitempty"`
}

// Err is the problem as an error again.
func (p Problem) Err() *clierr.Error {
	e := clierr.New(p.ID, clierr.Local, p.Args).In(clierr.Position{File: p.File, Line: p.Line, Column: p.Column})
	if p.Cause != "" {
		e = e.Because(errors.New(p.Cause))
	}
	return e
}

// place is where the problem of an interface's own answer is, as a function is told
// it: it has no use for the folders of this machine.
func (p Problem) place(api string) string {
	at := clierr.Position{File: api + replySuffix, Line: p.Line, Column: p.Column}
	return at.String()
}

func problemOf(err error) *Problem {
	var e *clierr.Error
	if !errors.As(err, &e) {
		return &Problem{ID: "emulator/replies-unreadable", Cause: err.Error()}
	}
	p := Problem{ID: e.ID, Args: e.Args, File: e.At.File, Line: e.At.Line, Column: e.At.Column}
	if e.Cause != nil {
		p.Cause = e.Cause.Error()
	}
	return &p
}

// EnvironmentStatus is an environment as DescribeEnvs names it.
type EnvironmentStatus struct {
	ID     string `json:"id"`
	Region string `json:"region"`
	Status string `json:"status"`
}

// VersionStatus is a published version of a function.
type VersionStatus struct {
	Number      int       `json:"number"`
	Description string    `json:"description,omitempty"`
	Added       time.Time `json:"added"`
	CodeSHA     string    `json:"codeSha256"`
}

// FunctionStatus is one function of the local cloud.
type FunctionStatus struct {
	Name   string `json:"name"`
	Status string `json:"status"` // Creating, Updating, Active, CreateFailed, UpdateFailed
	Reason string `json:"reason,omitempty"`
	// Installing says that npm is at work for it.
	Installing bool   `json:"installing,omitempty"`
	Runtime    string `json:"runtime"`
	Handler    string `json:"handler"`
	MemoryMB   int    `json:"memoryMb"`
	Timeout    int    `json:"timeoutSeconds"`
	CodeSHA    string `json:"codeSha256"`
	CodeSize   int    `json:"codeSize"`
	// Deploys is how often code was taken since the function was created.
	Deploys int  `json:"deploys"`
	Install bool `json:"installDependency"`
	// SDK says that the range of wx-server-sdk the function asks for was not
	// looked up but served by PinnedSDK: "wx-server-sdk latest -> 4.0.2 (pinned)".
	SDK       string          `json:"sdk,omitempty"`
	Modified  time.Time       `json:"modified"`
	Triggers  []Trigger       `json:"triggers"`
	Versions  []VersionStatus `json:"versions"`           // published ones, oldest first
	Applied   bool            `json:"permissionsApplied"` // a list was stored at least once
	Openapi   []string        `json:"openapi"`            // the stored list
	AppliedAt time.Time       `json:"permissionsAppliedAt,omitzero"`
	Cached    []Cached        `json:"cached"` // what gateway nodes believe, by node
	// Observed are the cloud calls the function made on this local cloud.
	Observed []Observed `json:"observed"`
}

// Cached is a gateway node's copy of a function's permission list. A node that
// has none yet, or whose copy has expired, is not listed.
type Cached struct {
	Node      int       `json:"node"`
	Openapi   []string  `json:"openapi"`
	FetchedAt time.Time `json:"fetchedAt"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// CallResult is one invocation as the mini program would see it.
type CallResult struct {
	// Result is what the function returned, as JSON; null for nothing.
	Result json.RawMessage `json:"result"`
	// ErrCode is 0 or a cloud-development code such as -504002, with its text.
	ErrCode int    `json:"errCode"`
	ErrMsg  string `json:"errMsg"`
	// Log is what the function wrote, both streams in order.
	Log         string        `json:"log"`
	RequestID   string        `json:"requestId"`
	Duration    time.Duration `json:"durationNanoseconds"`
	Load        time.Duration `json:"loadNanoseconds"` // starting Node and loading the code, when Cold
	Cold        bool          `json:"cold"`            // a process had to be started
	MemoryBytes int64         `json:"memoryBytes"`
}

func (e *Emulator) status() Status {
	program, err := e.pool.Program()
	if err != nil {
		program = ""
	}
	s := Status{
		URL: e.URL(), Dir: e.options.Dir, AppID: e.credentials.AppID, EnvID: e.credentials.EnvID,
		CAPath: e.caPath(), PID: os.Getpid(), StartedAt: e.started,
		CacheTTL: e.options.CacheTTL, Nodes: e.options.Nodes, ApplyZip: e.options.ApplyConfigOnUpload,
		NodePath: program, Processes: e.pool.Live(),
		Environments: []EnvironmentStatus{{ID: e.credentials.EnvID, Region: Region, Status: "NORMAL"}},
		Functions:    []FunctionStatus{}, Faults: e.faults.List(), Requests: e.transcript.all(),
	}
	s.Interfaces = e.Replies()
	e.mu.Lock()
	defer e.mu.Unlock()
	s.Sent, s.Subscriptions = append([]interfaces.Message{}, e.state.Sent...), subscriptionsOf(e.state.Interfaces)
	s.Offset, s.Now = e.state.Offset, e.now()
	for _, f := range e.state.Functions {
		s.Functions = append(s.Functions, e.functionStatus(f, s.Now))
	}
	slices.SortFunc(s.Functions, func(a, b FunctionStatus) int { return strings.Compare(a.Name, b.Name) })
	return s
}

func (e *Emulator) functionStatus(f *function, now time.Time) FunctionStatus {
	out := FunctionStatus{
		Name: f.Name, Status: f.status(now), Reason: f.Failure, Installing: f.Installing, Runtime: f.Runtime, Handler: f.Handler,
		MemoryMB: f.MemoryMB, Timeout: f.Timeout, CodeSHA: f.latest().SHA, CodeSize: f.latest().Size, Deploys: f.latest().Serial,
		Install: f.Install, Modified: f.Modified, Triggers: append([]Trigger{}, f.Triggers...),
		Applied: f.Permissions != nil, Openapi: []string{}, Cached: []Cached{},
		Observed: e.state.observed(f.key()),
	}
	out.Versions = []VersionStatus{}
	for _, v := range f.Versions {
		out.Versions = append(out.Versions, VersionStatus{v.Number, v.Description, v.Added, v.Code.SHA})
	}
	if f.Install {
		out.SDK = f.latest().SDK
	}
	if f.Permissions != nil {
		out.Openapi = append(out.Openapi, f.Permissions.Openapi...)
		out.AppliedAt = f.Permissions.AppliedAt
	}
	for i, n := range e.state.Nodes {
		if c, ok := n[f.key()]; ok && now.Before(c.FetchedAt.Add(e.options.CacheTTL)) {
			out.Cached = append(out.Cached, Cached{
				Node: i, Openapi: append([]string{}, c.Openapi...),
				FetchedAt: c.FetchedAt, ExpiresAt: c.FetchedAt.Add(e.options.CacheTTL),
			})
		}
	}
	return out
}
