package cmd

import (
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

// permitted shows the plan and stops where going on would not be honest, or
// where a person has to say yes.
func (d *deployment) permitted() error {
	if !d.app.flags.json {
		d.app.say(text.PlanTitle, "env", d.connection.env.Name)
		d.table(d.app.io.ErrTheme()).write(d.app.io.Err, d.app.io.ErrWidth())
		if n := d.unchanged(); n > 0 {
			d.app.say(text.PlanUnchanged, "count", strconv.Itoa(n))
		}
		d.noteSettings()
		d.noteDevtools()
		if d.waits() && len(throughDevtools(d.made)) > 0 {
			d.app.say(text.PlanDevtoolsNoHold)
		}
	}
	if unapplied := d.unapplied(); len(unapplied) > 0 && !d.options.allowUnapplied {
		if err := d.acceptUnapplied(unapplied); err != nil {
			return err
		}
	}
	if err := d.acceptDrift(); err != nil {
		return err
	}
	env := d.connection.env
	switch {
	case env.local() || d.app.flags.yes:
		return nil
	case d.app.mayAsk():
		return d.ask()
	case env.Protected:
		return clierr.New("cmd/protected", clierr.Usage, clierr.Args{"env": env.Name}).Hint("cmd/hint-yes", nil)
	}
	if creates := d.creates(); len(creates) > 0 && !d.options.create {
		return clierr.New("cmd/would-create", clierr.Usage, clierr.Args{"functions": shortList(creates, 10), "env": env.Name}).Hint("cmd/hint-create", nil)
	}
	return nil
}

// ask puts the question to a person. For a protected environment its name has
// to be typed: Enter is pressed too easily.
func (d *deployment) ask() error {
	a, env := d.app, d.connection.env
	var yes bool
	if env.Protected {
		typed, err := a.prompt.Input(prompt.Question{Text: a.t(text.AskProtected, "env", env.Name), Flag: "--yes"}, "")
		if err != nil {
			return err
		}
		yes = typed != "" && (typed == env.Name || typed == env.ID)
	} else {
		question := a.t(text.AskDeploy, "env", env.Name)
		if creates := d.creates(); len(creates) > 0 {
			question = a.t(text.AskDeployCreate, "env", env.Name, "functions", shortList(creates, 5))
		}
		var err error
		if yes, err = a.confirm(question, true); err != nil {
			return err
		}
	}
	if !yes {
		return clierr.New("cmd/not-confirmed", clierr.Usage, nil)
	}
	return nil
}

// creates are the functions that do not exist yet.
func (d *deployment) creates() []string {
	var names []string
	for _, f := range d.made.Functions {
		if f.Create != nil && len(f.Steps) > 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

// acceptUnapplied asks a person whether to go on without the permissions;
// elsewhere, and with --yes alone, it stops: that is exit code 10.
func (d *deployment) acceptUnapplied(unapplied []string) error {
	if d.app.mayAsk() && !d.app.flags.yes {
		yes, err := d.app.confirm(d.app.t(text.AskUnapplied, "list", strings.Join(unapplied, "; ")), false)
		if err != nil || yes {
			return err
		}
	}
	return d.refuseUnapplied(unapplied)
}

func (d *deployment) refuseUnapplied(unapplied []string) error {
	var names []string
	for _, f := range d.made.Functions {
		if len(f.Unapplied) > 0 {
			names = append(names, f.Name)
		}
	}
	return clierr.New("cmd/unapplied", clierr.OtherCredential, clierr.Args{"list": strings.Join(unapplied, "; "), "env": d.connection.env.Name}).
		Hint("cmd/hint-devtools", clierr.Args{"command": d.app.commandLine("perm mark "+strings.Join(names, " "), d.connection.env)}).
		Hint("cmd/hint-token", nil).
		Hint("cmd/hint-allow-unapplied", nil)
}

// acceptDrift asks whether to undo what somebody else changed in the cloud;
// where nobody can be asked it stops, before any upload.
func (d *deployment) acceptDrift() error {
	var drifted []string
	for _, f := range d.made.Functions {
		if f.Undoes() {
			drifted = append(drifted, f.Name)
		}
	}
	if len(drifted) == 0 || d.options.force {
		return nil
	}
	list, env := strings.Join(drifted, ", "), d.connection.env
	if d.app.mayAsk() && !d.app.flags.yes {
		yes, err := d.app.confirm(d.app.t(text.AskDrift, "functions", list, "env", env.Name), false)
		if err != nil || yes {
			return err
		}
	}
	return clierr.New("cmd/drifted", clierr.Failed, clierr.Args{"functions": list, "env": env.Name}).
		Hint("cmd/hint-drift-force", clierr.Args{"command": d.again(" "+strings.Join(drifted, " ")) + " --force"})
}
