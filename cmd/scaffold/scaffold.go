// Package scaffold holds the templates of `wxcloud init`: cloud functions that
// run as they are written, and the smallest mini program that calls one. It
// renders files in memory and can put them on disk; it asks nothing, finds no
// project and knows no cloud.
package scaffold

import "wxcloud/cmd/text"

// Template is one kind of cloud function.
type Template struct {
	Name    string        // what --template takes
	Title   text.Sentence // a few words, for a list
	Summary text.Sentence // one line: what it does
	// APIs are the interfaces its code calls and its config.json declares.
	APIs []string
	// Retired is true where the interface it shows is no longer served.
	Retired bool
	// Message is true where the function sends a message and Params.TemplateID
	// and Params.Fields say which.
	Message bool

	trigger *trigger
}

// trigger is a timer as config.json has it.
type trigger struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Config string `json:"config"`
}

// DefaultTemplate is the template to offer first.
const DefaultTemplate = "cloud-call"

// Templates returns every template, the default first and the retired last.
func Templates() []Template {
	return []Template{
		{
			Name:    DefaultTemplate,
			Title:   text.Sentence{En: "cloud call", Zh: "云调用"},
			Summary: text.Sentence{En: "sends a subscribe message to the user who calls it", Zh: "给调用者本人发送一条订阅消息"},
			APIs:    []string{"subscribeMessage.send"},
			Message: true,
		},
		{
			Name:    "open-data",
			Title:   text.Sentence{En: "open data", Zh: "开放数据"},
			Summary: text.Sentence{En: "opens CloudIDs: steps, phone number, share info; needs no permission", Zh: "用 CloudID 换取步数、手机号等开放数据，不需要权限"},
		},
		{
			Name:    "message-push",
			Title:   text.Sentence{En: "message push", Zh: "消息推送"},
			Summary: text.Sentence{En: "receives customer-service messages and events, and answers", Zh: "接收客服消息和事件并回复"},
			APIs:    []string{"customerServiceMessage.send"},
		},
		{
			Name:    "timer",
			Title:   text.Sentence{En: "timer", Zh: "定时触发"},
			Summary: text.Sentence{En: "runs every morning and logs yesterday's figures", Zh: "每天早上运行，记录前一天的访问概况"},
			APIs:    []string{"analysis.getDailySummary"},
			trigger: &trigger{Name: "morning", Type: "timer", Config: "0 0 9 * * * *"},
		},
		{
			Name:    "plain",
			Title:   text.Sentence{En: "plain", Zh: "空白函数"},
			Summary: text.Sentence{En: "a cloud function without cloud calls", Zh: "不使用云调用的云函数"},
		},
		{
			Name:    "template-message",
			Title:   text.Sentence{En: "template message (retired)", Zh: "模板消息（已下线）"},
			Summary: text.Sentence{En: "offline since 2020-01-10, kept for reading old code; use cloud-call", Zh: "2020-01-10 起已下线，仅供阅读旧代码，请用 cloud-call"},
			APIs:    []string{"templateMessage.send"},
			Retired: true,
			Message: true,
		},
	}
}

// Lookup returns the template with the given name.
func Lookup(name string) (Template, bool) {
	for _, t := range Templates() {
		if t.Name == name {
			return t, true
		}
	}
	return Template{}, false
}

// Params say what to render.
type Params struct {
	Template   string    // name of a Template
	Name       string    // of the function: its folder, and what callFunction names
	Lang       text.Lang // of comments, messages and the README
	TypeScript bool
	// TemplateID and Fields are the message template of Templates with Message.
	// Where they are empty the code says at run time what is missing.
	TemplateID string
	Fields     []string // keys of the template's fields, such as "thing1"

	// The rest is for Project alone.
	ProjectName string
	AppID       string // may be empty; DevTools then asks for it
}

// File is one file to write. Path is relative, with slashes.
type File struct {
	Path string
	Data []byte
}

// Under returns the files with folder put before their paths.
func Under(folder string, files []File) []File {
	moved := make([]File, len(files))
	for i, f := range files {
		moved[i] = File{Path: folder + "/" + f.Path, Data: f.Data}
	}
	return moved
}
