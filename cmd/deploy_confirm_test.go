package cmd

import (
	"testing"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
	"wxcloud/internal/ui"
	"wxcloud/upload"
)

func TestConfirmation(t *testing.T) {
	code := []upload.Step{{Kind: upload.StepCode}}
	for _, tt := range []struct {
		name     string
		env      environment
		function upload.FunctionPlan
		answers  []prompt.Answer // nil: nobody can be asked
		change   func(*deployment)
		want     clierr.ID
	}{
		{"a yes", environment{Name: "test", ID: "test-1"}, upload.FunctionPlan{Steps: code}, []prompt.Answer{{To: "Deploy this to test?", Value: true}}, nil, ""},
		{"a no", environment{Name: "test", ID: "test-1"}, upload.FunctionPlan{Steps: code}, []prompt.Answer{{To: "Deploy this to test?", Value: false}}, nil, "cmd/not-confirmed"},
		{"a new function is named", environment{Name: "test"}, upload.FunctionPlan{Name: "fresh", Create: &upload.Creation{}, Steps: code}, []prompt.Answer{{To: "where fresh will be created", Value: true}}, nil, ""},
		{"protected: the name", environment{Name: "prod", Protected: true}, upload.FunctionPlan{Steps: code}, []prompt.Answer{{To: "Type its name", Value: "prod"}}, nil, ""},
		{"protected: Enter alone", environment{Name: "prod", Protected: true}, upload.FunctionPlan{Steps: code}, []prompt.Answer{{To: "Type its name", Value: prompt.Default}}, nil, "cmd/not-confirmed"},
		{"protected: nobody there", environment{Name: "prod", Protected: true}, upload.FunctionPlan{Steps: code}, nil, nil, "cmd/protected"},
		{"protected: --yes", environment{Name: "prod", Protected: true}, upload.FunctionPlan{Steps: code}, nil, func(d *deployment) { d.app.flags.yes = true }, ""},
		{"a new function: nobody there", environment{Name: "test"}, upload.FunctionPlan{Create: &upload.Creation{}, Steps: code}, nil, nil, "cmd/would-create"},
		{"a new function: --create", environment{Name: "test"}, upload.FunctionPlan{Create: &upload.Creation{}, Steps: code}, nil, func(d *deployment) { d.options.create = true }, ""},
		{"drift: overwrite", environment{Name: "test"}, upload.FunctionPlan{Drifted: true, Steps: code}, []prompt.Answer{{To: "Overwrite their work?", Value: true}, {To: "Deploy", Value: true}}, nil, ""},
		{"drift: Enter alone", environment{Name: "test"}, upload.FunctionPlan{Drifted: true, Steps: code}, []prompt.Answer{{To: "Overwrite their work?", Value: prompt.Default}}, nil, "cmd/drifted"},
		{"drift: nobody there", environment{Name: "test"}, upload.FunctionPlan{Drifted: true, Steps: code}, nil, nil, "cmd/drifted"},
		{"drift: --yes is no answer to it", environment{Name: "test"}, upload.FunctionPlan{Drifted: true, Steps: code}, nil, func(d *deployment) { d.app.flags.yes = true }, "cmd/drifted"},
		{"drift: --force", environment{Name: "test"}, upload.FunctionPlan{Drifted: true, Steps: code}, nil, func(d *deployment) { d.planning.options.force, d.options.force = true, true }, ""},
		{"drift: settings alone undo nothing", environment{Name: "test"}, upload.FunctionPlan{Drifted: true, Steps: []upload.Step{{Kind: upload.StepConfigure}}}, nil, nil, ""},
		{"the local cloud", environment{Name: "local", ID: "local"}, upload.FunctionPlan{Create: &upload.Creation{}, Steps: code}, nil, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			streams, _, _ := ui.Test("", ui.Kind{Terminal: tt.answers != nil})
			script := prompt.NewScript(tt.answers...)
			a := &app{io: streams, lang: text.English, prompt: script}
			d := &deployment{planning: planning{app: a, connection: &connection{env: tt.env}, made: upload.Plan{Functions: []upload.FunctionPlan{tt.function}}}}
			if tt.change != nil {
				tt.change(d)
			}
			err := d.permitted()
			if tt.want == "" && err != nil || tt.want != "" && !clierr.Is(err, tt.want) || script.Left() != 0 {
				t.Errorf("got %v after %q, want %q", err, script.Asked(), tt.want)
			}
		})
	}
}
