package cmd

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// onCloud runs what a command does with one environment's code plane. The
// functions there need not be in the project.
func (a *app) onCloud(ctx context.Context, flags credentialFlags, do func(p *config.Project, c *connection) error) (err error) {
	p, err := a.projectWithoutRoot()
	if err != nil {
		return err
	}
	c, err := a.connect(ctx, p, flags, connectPlanes{code: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return do(p, c)
}

// oneName is the function a command is about, which need not be on disk: the
// argument, else as any command chooses.
func (a *app) oneName(args []string) (string, error) {
	if len(args) == 1 {
		return args[0], plainName(args[0])
	}
	p, err := a.project()
	if err != nil {
		return "", err
	}
	functions, err := a.chooseFunctions(p, nil, false)
	if err != nil {
		return "", err
	}
	return functions[0].Name, nil
}

// plainName refuses what cannot be the name of a function in the cloud; names
// become paths and parts of queries.
func plainName(name string) error {
	for _, r := range name {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return clierr.New("cmd/bad-function-name", clierr.Usage, clierr.Args{"name": name})
		}
	}
	if name == "" {
		return clierr.New("cmd/bad-function-name", clierr.Usage, clierr.Args{"name": name})
	}
	return nil
}

// atMostOne refuses more than one positional argument.
func (a *app) atMostOne(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return a.noArguments(c, args[1:])
	}
	return nil
}

// onlyName is oneName for a command that takes no other argument.
func (a *app) onlyName(c *cobra.Command, args []string) (string, error) {
	if err := a.atMostOne(c, args); err != nil {
		return "", err
	}
	return a.oneName(args)
}

// settleLimit is how long a command waits for somebody's change to end before
// it makes its own.
const settleLimit = 2 * time.Minute

// changeSettings makes a change of a function's settings once no other is under
// way, and returns the function as it is afterwards. A function that was as the
// records say still is: a change of ours must not look like somebody else's.
func (c *connection) changeSettings(ctx context.Context, p *config.Project, name string, change func(now wxapi.Function) error) (wxapi.Function, error) {
	before, after, err := whenSettled(ctx, c.functions, name, change)
	if err != nil || before.ModTime == after.ModTime {
		return after, err
	}
	store, err := state.Open(p.Dir)
	if err != nil {
		return after, err
	}
	record, known, err := store.Function(c.env.ID, name)
	if err != nil || !known || record.RemoteModTime != before.ModTime {
		return after, err
	}
	return after, store.Update(context.WithoutCancel(ctx), c.env.ID, name, func(f *state.Function) {
		f.RemoteModTime, f.Settings = after.ModTime, ""
	})
}

// whenSettled makes a change when the function is settled, and waits until it
// is settled again.
func whenSettled(ctx context.Context, functions codePlane, name string, change func(now wxapi.Function) error) (before, after wxapi.Function, err error) {
	changed := false
	pause := 500 * time.Millisecond
	for deadline := time.Now().Add(settleLimit); ; pause = min(pause*3/2, 3*time.Second) {
		now, err := functions.GetFunction(ctx, name)
		if err != nil {
			return before, now, err
		}
		busy := now.Status != wxapi.StatusActive && now.Status != wxapi.StatusUpdateFailed && now.Status != ""
		switch {
		case !busy && changed:
			return before, now, nil
		case time.Now().After(deadline):
			return before, now, clierr.New("cmd/still-busy", clierr.Cloud, clierr.Args{"function": name, "status": now.Status})
		case !busy:
			if err = change(now); err == nil {
				before, changed, pause = now, true, 100*time.Millisecond
			} else if !wxapi.IsBusy(err) {
				return before, now, err
			}
		}
		select {
		case <-ctx.Done():
			return before, now, context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}
