package cmd

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/scaffold"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

type initOptions struct {
	template   string
	typescript bool
	templateID string
	fields     []string
	probe      bool
}

// initialised is the JSON document of init.
type initialised struct {
	Schema   string   `json:"schema"`
	Function string   `json:"function"`
	Template string   `json:"template"`
	Project  string   `json:"project"`
	NewProj  bool     `json:"projectCreated"`
	Declares []string `json:"declares"`
	Probe    []string `json:"probe,omitempty"` // the interfaces its probe asks
	Files    []string `json:"files"`
}

func (a *app) newInit() *cobra.Command {
	var o initOptions
	c := a.command("init [NAME]", text.InitShort, text.InitLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local, clierr.Interrupted)
	c.Example = "  wxcloud init\n  wxcloud init notify --template cloud-call\n  wxcloud init inbox --template message-push --typescript"
	c.Flags().StringVarP(&o.template, "template", "t", "", a.t(text.FlagTemplate, "names", strings.Join(templateNames(), ", ")))
	c.Flags().BoolVar(&o.typescript, "typescript", false, a.t(text.FlagTypeScript))
	c.Flags().StringVar(&o.templateID, "template-id", "", a.t(text.FlagTemplateID))
	c.Flags().StringSliceVar(&o.fields, "field", nil, a.t(text.FlagField))
	c.Flags().BoolVar(&o.probe, "probe", false, a.t(text.FlagInitProbe))
	_ = c.RegisterFlagCompletionFunc("template", cobra.FixedCompletions(templateNames(), cobra.ShellCompDirectiveNoFileComp))
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return a.noArguments(c, args[1:])
		}
		name := ""
		if len(args) == 1 {
			name = args[0]
		}
		return a.initFunction(name, o, c.Flags().Changed("typescript"))
	}
	return c
}

func templateNames() []string {
	var names []string
	for _, t := range scaffold.Templates() {
		names = append(names, t.Name)
	}
	return names
}

func (a *app) initFunction(name string, o initOptions, languageGiven bool) error {
	p, err := a.projectWithoutRoot()
	outside := clierr.Is(err, "config/no-project")
	if err != nil && !outside {
		return err
	}
	params, err := a.initParams(name, o, languageGiven)
	if err != nil {
		return err
	}
	var files []scaffold.File
	dir := a.dir
	if outside {
		if files, err = a.newProject(&params); err != nil {
			return err
		}
		p = &config.Project{Dir: a.dir, Root: filepath.Join(a.dir, scaffold.FunctionFolder)}
	} else {
		dir = p.Dir
	}
	if p.Root == "" {
		return clierr.New("cmd/no-root", clierr.Local, nil).In(clierr.Position{File: filepath.Join(p.Dir, config.ProjectFile)}).Hint("cmd/hint-root", nil)
	}
	function, err := scaffold.Function(params)
	if err != nil {
		return err
	}
	var probed []string
	if o.probe {
		if probed, err = a.probeScaffold(params, function); err != nil {
			return err
		}
	}
	folder, err := filepath.Rel(dir, p.Root)
	if err != nil || !filepath.IsLocal(folder) {
		dir, folder = p.Root, "." // a root beside the project, such as "../cloudfunctions/"
	}
	files = append(files, scaffold.Under(path.Join(filepath.ToSlash(folder), params.Name), function)...)
	written, err := scaffold.Write(dir, files)
	if err != nil {
		return err
	}
	return a.initDone(params, p, outside, written, dir, probed)
}

// initParams asks for what no flag answered; without a terminal it takes the
// defaults, which are written in the help.
func (a *app) initParams(name string, o initOptions, languageGiven bool) (scaffold.Params, error) {
	params := scaffold.Params{Template: o.template, Name: name, Lang: a.lang, TypeScript: o.typescript, TemplateID: o.templateID, Fields: o.fields, AppID: a.flags.appID}
	ask := a.mayAsk() && !a.flags.yes
	if params.Template == "" {
		params.Template = scaffold.DefaultTemplate
		if ask {
			picked, err := a.pickTemplate()
			if err != nil {
				return params, err
			}
			params.Template = picked.Name
		}
	}
	template, ok := scaffold.Lookup(params.Template)
	if !ok {
		_, err := scaffold.Function(params) // says which templates there are
		return params, err
	}
	var err error
	if params.Name == "" {
		params.Name = template.Name
		if ask {
			if params.Name, err = a.prompt.Input(prompt.Question{Text: a.t(text.AskName), Flag: "NAME"}, template.Name, scaffold.ValidateName); err != nil {
				return params, err
			}
		}
	}
	if ask && !languageGiven {
		picked, err := a.prompt.Select(prompt.Question{Text: a.t(text.AskLanguage), Flag: "--typescript"}, labels([]string{"JavaScript", "TypeScript"}), 0)
		if err != nil {
			return params, err
		}
		params.TypeScript = picked == 1
	}
	if ask && template.Message {
		if err := a.askMessage(&params); err != nil {
			return params, err
		}
	}
	return params, nil
}

// pickTemplate offers the templates; a retired one is said to be so in its title.
func (a *app) pickTemplate() (scaffold.Template, error) {
	templates := scaffold.Templates()
	options := make([]prompt.Option, len(templates))
	for i, t := range templates {
		options[i] = prompt.Option{Label: a.t(t.Title), Note: a.t(t.Summary)}
	}
	picked, err := a.prompt.Select(prompt.Question{Text: a.t(text.AskTemplate), Flag: "--template"}, options, 0)
	if err != nil {
		return scaffold.Template{}, err
	}
	return templates[picked], nil
}

// askMessage asks which message is sent. Both answers may stay empty: the code
// then says at run time what is missing.
func (a *app) askMessage(params *scaffold.Params) error {
	var err error
	if params.TemplateID == "" {
		q := prompt.Question{Text: a.t(text.AskTemplateID), Help: a.t(text.AskTemplateIDHelp), Flag: "--template-id"}
		if params.TemplateID, err = a.prompt.Input(q, "", scaffold.ValidateTemplateID); err != nil {
			return err
		}
	}
	if len(params.Fields) == 0 {
		q := prompt.Question{Text: a.t(text.AskFields), Help: a.t(text.AskFieldsHelp), Flag: "--field"}
		fields, err := a.prompt.Input(q, "", scaffold.ValidateFields)
		if err != nil {
			return err
		}
		params.Fields = scaffold.SplitFields(fields)
	}
	return nil
}

// newProject renders a project around the function, after asking.
func (a *app) newProject(params *scaffold.Params) ([]scaffold.File, error) {
	params.ProjectName = filepath.Base(a.dir)
	if a.mayAsk() && !a.flags.yes {
		yes, err := a.confirm(a.t(text.AskProject, "dir", a.dir), true)
		if err != nil {
			return nil, err
		}
		if !yes {
			return nil, clierr.New("cmd/not-confirmed", clierr.Usage, nil).Hint("cmd/hint-root", nil)
		}
		if params.AppID == "" {
			q := prompt.Question{Text: a.t(text.AskAppID), Help: a.t(text.AskAppIDHelp), Flag: "--appid"}
			if params.AppID, err = a.prompt.Input(q, "", scaffold.ValidateAppID); err != nil {
				return nil, err
			}
		}
	}
	return scaffold.Project(*params)
}

func (a *app) initDone(params scaffold.Params, p *config.Project, outside bool, written []string, dir string, probed []string) error {
	template, _ := scaffold.Lookup(params.Template)
	declares := template.APIs
	if declares == nil {
		declares = []string{}
	}
	for i, file := range written {
		written[i] = a.relative(filepath.Join(dir, filepath.FromSlash(file)))
	}
	if a.flags.json {
		return a.printJSON(initialised{"wxcloud.init/1", params.Name, template.Name, filepath.ToSlash(p.Dir), outside, declares, probed, written})
	}
	if outside {
		a.say(text.InitProject)
	}
	for _, file := range written {
		a.print(text.InitWrote, "file", file)
	}
	if template.Retired {
		a.warn(text.InitRetired)
	}
	if len(template.APIs) > 0 {
		a.say(text.InitDeclares, "names", strings.Join(template.APIs, ", "))
	}
	if len(probed) > 0 {
		a.say(text.ProbeAdded, "file", params.Name, "names", strings.Join(probed, ", "))
	}
	a.say(text.InitReadme, "file", a.relative(filepath.Join(p.Root, params.Name, "README.md")))
	a.next("wxcloud deploy " + params.Name + " --local")
	return nil
}
