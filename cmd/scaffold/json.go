package scaffold

// The JSON files of a function and a project. They are structs and not
// templates so that whatever a name holds is quoted rightly.

type packageFile struct {
	Name            string            `json:"name"`
	Version         string            `json:"version"`
	Private         bool              `json:"private"`
	Main            string            `json:"main"`
	Scripts         map[string]string `json:"scripts,omitempty"`
	Dependencies    map[string]string `json:"dependencies"`
	DevDependencies map[string]string `json:"devDependencies,omitempty"`
}

// sdkVersion is the newest wx-server-sdk that the templates were run with. "latest"
// would bring another one with some upload, and lint says so.
const sdkVersion = "~4.0.2"

func packageJSON(p Params) packageFile {
	file := packageFile{
		Name: p.Name, Version: "1.0.0", Private: true, Main: "index.js",
		Dependencies: map[string]string{"wx-server-sdk": sdkVersion},
	}
	if p.TypeScript {
		file.Scripts = map[string]string{"build": "tsc"}
		file.DevDependencies = map[string]string{"@types/node": "^20.0.0", "typescript": "^5.9.0"}
	}
	return file
}

type configFile struct {
	Permissions struct {
		Openapi []string `json:"openapi"`
	} `json:"permissions"`
	Triggers []trigger `json:"triggers,omitempty"`
}

// configJSON declares what the template calls; a function that calls nothing
// has an empty list, which says so on purpose.
func configJSON(t Template) configFile {
	var file configFile
	file.Permissions.Openapi = append([]string{}, t.APIs...)
	if t.trigger != nil {
		file.Triggers = []trigger{*t.trigger}
	}
	return file
}

type projectFile struct {
	ProjectName       string         `json:"projectname"`
	AppID             string         `json:"appid"`
	CompileType       string         `json:"compileType"`
	MiniprogramRoot   string         `json:"miniprogramRoot"`
	CloudfunctionRoot string         `json:"cloudfunctionRoot"`
	Setting           projectSetting `json:"setting"`
}

// projectSetting turns on what the page's code needs on old phones: ES6 and
// async functions are compiled down.
type projectSetting struct {
	ES6     bool `json:"es6"`
	Enhance bool `json:"enhance"`
}

func projectJSON(p Params) projectFile {
	return projectFile{
		ProjectName: p.ProjectName, AppID: p.AppID, CompileType: "miniprogram",
		MiniprogramRoot: "miniprogram/", CloudfunctionRoot: FunctionFolder + "/",
		Setting: projectSetting{ES6: true, Enhance: true},
	}
}

type appFile struct {
	Pages  []string `json:"pages"`
	Window struct {
		Title string `json:"navigationBarTitleText"`
	} `json:"window"`
	Style string `json:"style"`
}

func appJSON(p Params) appFile {
	file := appFile{Pages: []string{"pages/index/index"}, Style: "v2"}
	file.Window.Title = p.ProjectName
	return file
}
