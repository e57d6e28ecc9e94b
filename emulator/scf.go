package emulator

import (
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"wxcloud/emulator/codezip"
)

// The defaults and limits of a function, as the platform documents them.
const (
	defaultRuntime  = "Nodejs18.15"
	defaultHandler  = "index.main"
	defaultMemoryMB = 256
	defaultTimeout  = 3
	maxTimeout      = 900
	maxMemoryMB     = 3072
	maxVariables    = 4 << 10
	maxDescription  = 1000
	maxZipBase64    = 20 << 20 // of ZipFile in UpdateFunctionCode
)

// functionRequest is the body of every scf action here; pointers tell what was
// left out from what is empty.
type functionRequest struct {
	FunctionName, Namespace string
	Code                    struct{ ZipFile, TempCosObjectName, CosBucketRegion string }
	ZipFile                 string
	Handler, Runtime        string
	Description             *string
	MemorySize, Timeout     *int
	Environment             *struct{ Variables []variable }
	InstallDependency       string
	Triggers                string
	Count                   int
	ClientContext           string
	Offset, Limit           int
	SearchKey               string
	Qualifier, CodeSecret   string
}

func notFound(name string) *cloudError {
	return &cloudError{"ResourceNotFound.Function", "未找到指定的Function，请创建后再试。 (function " + name + " not found)"}
}

// decodeFunction reads the body of an action on functions of the environment.
func (e *Emulator) decodeFunction(q *request, body []byte) (functionRequest, *cloudError) {
	var in functionRequest
	if failure := decode(body, &in); failure != nil {
		return in, failure
	}
	q.x.Function = in.FunctionName
	if in.Namespace != "" && in.Namespace != e.credentials.EnvID {
		return in, &cloudError{"ResourceNotFound.Namespace", "the local cloud has one environment: " + e.credentials.EnvID}
	}
	return in, nil
}

func (e *Emulator) listFunctions(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	found := e.sorted(in.SearchKey)
	list := []any{}
	for _, f := range page(found, in.Offset, in.Limit) {
		list = append(list, map[string]any{
			"FunctionName": f.Name, "FunctionId": "lam-" + f.Name, "Namespace": f.Env, "Runtime": f.Runtime,
			"Status": f.status(e.now()), "StatusDesc": f.Failure, "Description": f.Description,
			"AddTime": cloudTime(f.Added), "ModTime": cloudTime(f.Modified), "Type": "Event", "Tags": []any{},
		})
	}
	return map[string]any{"Functions": list, "TotalCount": len(found)}, nil
}

// page is the part of a list a request asks for; 20 is the documented default.
func page(list []*function, offset, limit int) []*function {
	if limit <= 0 {
		limit = 20
	}
	from := min(max(offset, 0), len(list))
	return list[from : from+min(limit, len(list)-from)]
}

// sorted lists the functions whose name contains a text. The caller holds mu.
func (e *Emulator) sorted(containing string) []*function {
	out := []*function{}
	for _, f := range e.state.Functions {
		if strings.Contains(f.Name, containing) {
			f.settle(e.now())
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *function) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (e *Emulator) getFunction(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	f, ok := e.find(in.FunctionName)
	if !ok {
		return nil, notFound(in.FunctionName)
	}
	return e.describe(f), nil
}

// describe is the answer of GetFunction; clients fail where a member is missing.
func (e *Emulator) describe(f *function) map[string]any {
	reasons := []any{}
	result := "success"
	if f.Failure != "" {
		result = "failed"
		reason := "InternalError"
		if strings.HasPrefix(f.Failure, "npm") {
			reason = "InstallDependencyFailed"
		}
		reasons = append(reasons, map[string]string{"ErrorCode": reason, "ErrorMessage": f.Failure})
	}
	return map[string]any{
		"FunctionName": f.Name, "FunctionId": "lam-" + f.Name, "Namespace": f.Env, "FunctionVersion": "$LATEST", "Qualifier": "$LATEST",
		"Runtime": f.Runtime, "Handler": f.Handler, "MemorySize": f.MemoryMB, "Timeout": f.Timeout, "Description": f.Description,
		"Status": f.status(e.now()), "StatusDesc": f.Failure, "StatusReasons": reasons, "AvailableStatus": "Available",
		"InstallDependency": upperBool(f.Install), "Environment": map[string]any{"Variables": append([]variable{}, f.Variables...)},
		"AddTime": cloudTime(f.Added), "ModTime": cloudTime(f.Modified),
		"CodeSize": f.latest().Size, "CodeResult": result, "CodeError": f.Failure, "CodeInfo": "", "ErrNo": 0, "Triggers": describeTriggers(f),
		"PublicNetConfig": map[string]any{"PublicNetStatus": "ENABLE", "EipConfig": map[string]any{"EipStatus": "DISABLE", "EipAddress": []any{}}},
		"EipConfig":       map[string]any{"EipFixed": "FALSE", "Eips": []any{}},
		"VpcConfig":       map[string]string{"VpcId": "", "SubnetId": ""},
		"Role":            "TCB_QcsRole", "Type": "Event", "Tags": []any{}, "Layers": []any{}, "ClsLogsetId": "", "ClsTopicId": "",
		"InitTimeout": 65, "TraceEnable": "FALSE", "UseGpu": "FALSE", "L5Enable": "FALSE", "OnsEnable": "FALSE",
	}
}

func upperBool(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

func (e *Emulator) createFunction(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	if !validFunctionName(in.FunctionName) {
		return nil, &cloudError{"InvalidParameterValue.FunctionName", "a name has 2 to 60 letters, digits, - and _, starts with a letter and ends with a letter or a digit"}
	}
	now := e.locked()
	if in.CodeSecret != "" && in.CodeSecret != e.codeSecret() {
		return nil, &cloudError{"InvalidParameterValue.CodeSecret", "the CodeSecret is not this mini program's"}
	}
	f := &function{
		Env: e.credentials.EnvID, Name: in.FunctionName, Secret: in.CodeSecret, Runtime: defaultRuntime, Handler: defaultHandler,
		MemoryMB: defaultMemoryMB, Timeout: defaultTimeout, Added: now, Modified: now,
	}
	if failure := configure(f, in); failure != nil {
		return nil, failure
	}
	data, failure := e.uploaded(in, 50<<20*4/3)
	if failure != nil {
		return nil, failure
	}
	defer e.sweepReplaced(time.Now())
	e.files.RLock()
	defer e.files.RUnlock()
	c, archive, failure := e.acceptZip(data, f.Install)
	if failure != nil {
		return nil, failure
	}
	exists := false
	err := e.change(func() {
		if _, exists = e.find(f.Name); exists {
			return
		}
		e.state.Functions[f.key()] = f
		c = e.deploy(f, c)
		e.afflict(q, f)
		e.applyZipConfig(f, archive)
	})
	if exists {
		return nil, &cloudError{"ResourceInUse.FunctionName", "the function " + f.Name + " exists"}
	}
	e.startInstall(f.key(), c)
	return nil, internal(err)
}

func (e *Emulator) updateFunctionCode(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	e.mu.Lock()
	f, ok := e.find(in.FunctionName)
	install := ok && f.Install
	e.mu.Unlock()
	if !ok {
		return nil, notFound(in.FunctionName)
	}
	if in.InstallDependency != "" {
		install = strings.EqualFold(in.InstallDependency, "TRUE")
	}
	data, failure := e.uploaded(in, maxZipBase64)
	if failure != nil {
		return nil, failure
	}
	return nil, e.replaceCode(q, in, data, install)
}

// replaceCode deploys a zip in the place of a function's code.
func (e *Emulator) replaceCode(q *request, in functionRequest, data []byte, install bool) *cloudError {
	if in.CodeSecret != "" && in.CodeSecret != e.codeSecret() {
		return &cloudError{"InvalidParameterValue.CodeSecret", "the CodeSecret is not this mini program's"}
	}
	defer e.sweepReplaced(time.Now())
	e.files.RLock()
	defer e.files.RUnlock()
	c, archive, failure := e.acceptZip(data, install)
	if failure != nil {
		return failure
	}
	err := e.change(func() {
		f, ok := e.find(in.FunctionName)
		if !ok {
			failure = notFound(in.FunctionName)
			return
		}
		if f.busy(e.now()) {
			failure = &cloudError{"FailedOperation.UpdateFunctionCode", "当前函数状态无法进行此操作，请在函数状态正常时再次尝试。 (the function is " + f.status(e.now()) + ")"}
			return
		}
		if in.Handler != "" {
			if failure = checkHandler(in.Handler); failure != nil {
				return
			}
			f.Handler = in.Handler
		}
		f.Secret = in.CodeSecret
		c = e.deploy(f, c)
		e.afflict(q, f)
		e.applyZipConfig(f, archive)
	})
	if failure != nil {
		return failure
	}
	e.startInstall(functionKey(e.credentials.EnvID, in.FunctionName), c)
	return internal(err)
}

// uploaded is the zip a request carries, or names in the object storage.
func (e *Emulator) uploaded(in functionRequest, limit int) ([]byte, *cloudError) {
	if name := in.Code.TempCosObjectName; name != "" {
		// Whether one slash or two come first is not known.
		data, ok := e.objects.get(strings.TrimLeft(name, "/"))
		if !ok {
			return nil, &cloudError{"InvalidParameterValue.TempCosObjectName", "no such object: " + name}
		}
		return data, nil
	}
	text := in.ZipFile
	if text == "" {
		text = in.Code.ZipFile
	}
	if text == "" {
		return nil, &cloudError{"InvalidParameterValue.Code", "no code: ZipFile is empty"}
	}
	if len(text) > limit {
		return nil, &cloudError{"InvalidParameterValue.ZipFile", "ZipFile is larger than allowed; larger code goes through object storage"}
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, &cloudError{"InvalidParameterValue.ZipFileBase64BinasciiError", err.Error()}
	}
	return data, nil
}

// acceptZip checks, stores and unpacks an uploaded zip.
func (e *Emulator) acceptZip(data []byte, install bool) (code, *codezip.Archive, *cloudError) {
	c, archive, err := e.storeZip(data, install)
	if err != nil {
		return code{}, nil, &cloudError{"InvalidParameterValue.ZipFile", err.Error()}
	}
	return c, archive, nil
}

// applyZipConfig is the other answer to whether a code upload changes permissions
// and timers; see Options.ApplyConfigOnUpload. The caller holds mu.
func (e *Emulator) applyZipConfig(f *function, archive *codezip.Archive) {
	if !e.options.ApplyConfigOnUpload {
		return
	}
	data, err := archive.File("config.json", maxConfig)
	if err != nil {
		return // there is none, or none of use
	}
	for _, kind := range []int{configPermissions, configTriggers} {
		in := funcConfigRequest{Type: kind, Config: string(data)}
		// What cannot be read applies nothing: the zip is only code to this
		// action, and the linter is where such a file is reported.
		if apply, problem := in.read(e.now()); problem == "" {
			apply(f)
		}
	}
}

func (e *Emulator) updateFunctionConfiguration(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	var reinstall code
	err := e.change(func() {
		f, ok := e.find(in.FunctionName)
		if !ok {
			failure = notFound(in.FunctionName)
			return
		}
		if f.busy(e.now()) {
			failure = &cloudError{"FailedOperation.UpdateFunctionConfiguration", "当前函数状态无法进行此操作，请在函数状态正常时再次尝试。 (the function is " + f.status(e.now()) + ")"}
			return
		}
		changed := *f
		if failure = configure(&changed, in); failure != nil {
			return
		}
		*f = changed
		f.Modified, f.ReadyAt = e.now(), e.now().Add(e.options.DeployTime)
		if f.Current.SHA != "" {
			f.Failure = "" // the code that runs was not touched by the failed update
		}
		if c := f.latest(); c.SHA != "" && c.Install != f.Install {
			c.Install = f.Install
			reinstall = e.deploy(f, c)
		}
		e.afflict(q, f)
	})
	if failure != nil {
		return nil, failure
	}
	e.startInstall(functionKey(e.credentials.EnvID, in.FunctionName), reinstall)
	return nil, internal(err)
}

func (e *Emulator) deleteFunction(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	found := false
	err := e.change(func() {
		if _, found = e.find(in.FunctionName); found {
			delete(e.state.Functions, functionKey(e.credentials.EnvID, in.FunctionName))
			delete(e.state.Observed, functionKey(e.credentials.EnvID, in.FunctionName))
		}
	})
	if !found {
		return nil, notFound(in.FunctionName)
	}
	e.pool.Retire(in.FunctionName)
	return nil, internal(err)
}

// internal reports that a snapshot could not be written.
func internal(err error) *cloudError {
	if err == nil {
		return nil
	}
	return &cloudError{"InternalError", err.Error()}
}
