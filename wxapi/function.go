package wxapi

import (
	"context"
	"encoding/json"
	"sync"
)

// The states of a function, as GetFunction's Status names them.
const (
	StatusActive                = "Active"
	StatusCreating              = "Creating"
	StatusCreateFailed          = "CreateFailed"
	StatusUpdating              = "Updating"
	StatusUpdateFailed          = "UpdateFailed"
	StatusPublishing            = "Publishing"
	StatusPublishFailed         = "PublishFailed"
	StatusUpdatingAndPublishing = "UpdatingAndPublishing"
	StatusDeleting              = "Deleting"
	StatusDeleteFailed          = "DeleteFailed"
)

// DefaultHandler is the handler of every function made by WeChat's own tools.
const DefaultHandler = "index.main"

// Function is a function as the cloud has it.
type Function struct {
	Name              string   `json:"FunctionName"`
	Runtime           string   `json:"Runtime"`
	Handler           string   `json:"Handler"`
	MemoryMB          int      `json:"MemorySize"`
	TimeoutSeconds    int      `json:"Timeout"`
	Status            string   `json:"Status"`
	StatusDesc        string   `json:"StatusDesc"`
	StatusReasons     []Reason `json:"StatusReasons"`
	AvailableStatus   string   `json:"AvailableStatus"` // Available, InsufficientBalance
	InstallDependency Flag     `json:"InstallDependency"`
	CodeSize          int64    `json:"CodeSize"`
	AddTime           string   `json:"AddTime"` // Beijing time, to the second
	ModTime           string   `json:"ModTime"`
	Environment       struct {
		Variables []Variable `json:"Variables"`
	} `json:"Environment"`
	Triggers []Trigger `json:"Triggers"`
	// Partial is set by a credential that sees only the settings it stored
	// itself: what is missing here may be there.
	Partial bool `json:"-"`
}

// Reason is why a function is in a failed state.
type Reason struct {
	Code    string `json:"ErrorCode"`
	Message string `json:"ErrorMessage"`
}

// Variable is one environment variable. Its value may be a secret.
type Variable struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
}

// Trigger is a trigger as GetFunction tells it.
type Trigger struct {
	Name string `json:"TriggerName"`
	Type string `json:"Type"`
	Desc string `json:"TriggerDesc"` // the seven-field cron text, in Beijing time
}

// Flag is a truth value that this API writes as "TRUE" or "FALSE", and that
// some answers give as a plain JSON one.
type Flag bool

// UnmarshalJSON takes anything but a yes for a no.
func (f *Flag) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case `"TRUE"`, `"True"`, `"true"`, `true`:
		*f = true
	default:
		*f = false
	}
	return nil
}

// MarshalJSON writes the text form.
func (f Flag) MarshalJSON() ([]byte, error) {
	if f {
		return []byte(`"TRUE"`), nil
	}
	return []byte(`"FALSE"`), nil
}

// NewFunction is what CreateFunction needs.
type NewFunction struct {
	Name              string
	Runtime           string
	Handler           string
	MemoryMB          int
	TimeoutSeconds    int
	InstallDependency bool
	Variables         []Variable
	Zip               Archive
	// Progress, if set, is told how many bytes of the archive were sent; an
	// attempt that is repeated counts from the start.
	Progress func(sent int64)
}

// Configuration is a change of settings; nil members stay as they are. The
// runtime is not among them: the platform does not change it after creation.
type Configuration struct {
	Name              string
	MemoryMB          *int
	TimeoutSeconds    *int
	InstallDependency *bool
	// Variables, if set, replace the whole set the function has.
	Variables *[]Variable
}

// Code is new code for an existing function.
type Code struct {
	Name              string
	Handler           string
	InstallDependency bool
	Zip               Archive
	Progress          func(sent int64) // as in NewFunction
}

// Functions are the function actions of one environment.
type Functions struct {
	cloud             *Cloud
	env, account      string
	namespace, region string
	logset, topic     string
}

func (f *Functions) call(ctx context.Context, action string, body, answer any) error {
	return f.cloud.call(ctx, "scf", action, f.region, body, answer)
}

// target is the pair that names a function in every scf action.
type target struct {
	FunctionName string
	Namespace    string
}

// GetFunction returns one function. A function that does not exist is an
// error for which IsFunctionNotFound holds.
func (f *Functions) GetFunction(ctx context.Context, name string) (Function, error) {
	var answer Function
	err := f.call(ctx, "GetFunction", target{name, f.namespace}, &answer)
	return answer, err
}

// listPage is the page size miniprogram-ci asks for.
const listPage = 100

// ListFunctions returns all functions of the environment.
func (f *Functions) ListFunctions(ctx context.Context) ([]Function, error) {
	return f.ListExpected(ctx, 0)
}

// ListExpected is ListFunctions for somebody who expects about n functions: as
// many pages are asked for at once.
func (f *Functions) ListExpected(ctx context.Context, n int) ([]Function, error) {
	first := make([]functionPage, max(1, (n+listPage-1)/listPage))
	errs := make([]error, len(first))
	var group sync.WaitGroup
	for i := range first {
		group.Go(func() { first[i], errs[i] = f.page(ctx, i*listPage) })
	}
	group.Wait()
	var all []Function
	for i, p := range first {
		if errs[i] != nil {
			return nil, errs[i]
		}
		all = append(all, p.Functions...)
	}
	for last := first[len(first)-1]; len(last.Functions) > 0 && len(all) < last.TotalCount; {
		var err error
		if last, err = f.page(ctx, len(all)); err != nil {
			return nil, err
		}
		all = append(all, last.Functions...)
	}
	return all, nil
}

// functionPage is one page of the list of functions.
type functionPage struct {
	TotalCount int
	Functions  []Function
}

func (f *Functions) page(ctx context.Context, offset int) (functionPage, error) {
	body := struct {
		Namespace     string
		Offset, Limit int
	}{f.namespace, offset, listPage}
	var page functionPage
	err := f.call(ctx, "ListFunctions", body, &page)
	return page, err
}

// variables is how a set of environment variables is written.
type variables struct{ Variables []Variable }

func newVariables(list []Variable) variables { return variables{append([]Variable{}, list...)} }

// creation is the body of CreateFunction.
type creation struct {
	target
	Code              any
	Handler           string
	Description       string
	MemorySize        int
	Timeout           int
	Role              string
	Environment       variables
	Runtime           string
	Stamp             string
	InstallDependency Flag
	ClsLogsetID       string `json:"ClsLogsetId,omitempty"`
	ClsTopicID        string `json:"ClsTopicId,omitempty"`

	zip      Archive
	progress func(sent int64)
}

func (c creation) carries() (Archive, func(int64)) { return c.zip, c.progress }

// CreateFunction creates a function with its code. Role and Stamp are the
// constants that make it a function of WeChat's cloud development.
func (f *Functions) CreateFunction(ctx context.Context, n NewFunction) error {
	place, err := f.stage(ctx, n.Name, n.Zip, n.Progress)
	if err != nil {
		return err
	}
	body := creation{
		target: target{n.Name, f.namespace}, Code: place,
		Handler: n.Handler, MemorySize: n.MemoryMB, Timeout: n.TimeoutSeconds, Role: "TCB_QcsRole",
		Environment: newVariables(n.Variables), Runtime: n.Runtime, Stamp: "MINI_QCBASE",
		InstallDependency: Flag(n.InstallDependency), ClsLogsetID: f.logset, ClsTopicID: f.topic,
	}
	if place == (codePlace{}) {
		body.Code, body.zip, body.progress = struct{ ZipFile string }{}, n.Zip, n.Progress
	}
	return f.call(ctx, "CreateFunction", body, nil)
}

// UpdateFunctionConfiguration changes settings of an existing function.
func (f *Functions) UpdateFunctionConfiguration(ctx context.Context, c Configuration) error {
	body := struct {
		target
		MemorySize        *int       `json:",omitempty"`
		Timeout           *int       `json:",omitempty"`
		InstallDependency *Flag      `json:",omitempty"`
		Environment       *variables `json:",omitempty"`
	}{target: target{c.Name, f.namespace}, MemorySize: c.MemoryMB, Timeout: c.TimeoutSeconds, InstallDependency: (*Flag)(c.InstallDependency)}
	if c.Variables != nil {
		set := newVariables(*c.Variables)
		body.Environment = &set
	}
	return f.call(ctx, "UpdateFunctionConfiguration", body, nil)
}

// newCode is the body of UpdateFunctionCode. ZipFile stands at the top level
// here, not under Code as in CreateFunction.
type newCode struct {
	target
	ZipFile           string
	Handler           string
	InstallDependency Flag

	zip      Archive
	progress func(sent int64)
}

func (c newCode) carries() (Archive, func(int64)) { return c.zip, c.progress }

// UpdateFunctionCode replaces the code of an existing function.
func (f *Functions) UpdateFunctionCode(ctx context.Context, c Code) error {
	place, err := f.stage(ctx, c.Name, c.Zip, c.Progress)
	if err != nil {
		return err
	}
	if place != (codePlace{}) {
		return f.call(ctx, "UpdateFunctionCode", struct {
			target
			Code              codePlace
			Handler           string
			InstallDependency Flag
		}{target{c.Name, f.namespace}, place, c.Handler, Flag(c.InstallDependency)}, nil)
	}
	return f.call(ctx, "UpdateFunctionCode", newCode{
		target: target{c.Name, f.namespace}, zip: c.Zip, progress: c.Progress,
		Handler: c.Handler, InstallDependency: Flag(c.InstallDependency),
	}, nil)
}

// DeleteFunction deletes a function with its triggers. When the answer was
// lost, the function's absence is as good.
func (f *Functions) DeleteFunction(ctx context.Context, name string) error {
	err := f.call(ctx, "DeleteFunction", target{name, f.namespace}, nil)
	if IsUncertain(err) {
		if _, lookErr := f.GetFunction(ctx, name); IsFunctionNotFound(lookErr) {
			return nil
		}
	}
	return err
}

// Run is one invocation through scf. It carries no cloud-call ticket, so it
// says nothing about permissions.
type Run struct {
	RequestID  string  `json:"FunctionRequestId"`
	Result     string  `json:"RetMsg"` // what the function returned, as JSON text
	Error      string  `json:"ErrMsg"`
	Log        string  `json:"Log"` // the last 4 KB
	Failed     int     `json:"InvokeResult"`
	Duration   float64 `json:"Duration"` // milliseconds
	MemUsage   int64   `json:"MemUsage"` // bytes
	BillMillis float64 `json:"BillDuration"`
}

// Invoke runs a function through scf and waits for its answer. event is JSON
// of at most 1 MB.
func (f *Functions) Invoke(ctx context.Context, name string, event json.RawMessage) (Run, error) {
	body := struct {
		target
		InvocationType string
		ClientContext  string
		LogType        string
	}{target{name, f.namespace}, "RequestResponse", string(event), "Tail"}
	var answer struct{ Result Run }
	err := f.call(ctx, "Invoke", body, &answer)
	return answer.Result, err
}
