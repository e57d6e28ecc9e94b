package cmd

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/internal/state"
)

type emulatorOptions struct {
	addr        string
	envID       string
	cacheTTL    time.Duration
	nodes       int
	applyConfig bool
	verbose     bool
	faults      string
	tickets     string
	interfaces  string
	strict      bool
	timers      bool
}

func (a *app) newEmulator() *cobra.Command {
	var o emulatorOptions
	c := a.command("emulator", text.EmulatorShort, text.EmulatorLong, clierr.OK, clierr.Usage, clierr.Local, clierr.Interrupted)
	c.Example = "  wxcloud emulator\n  wxcloud emulator --cache-ttl 20s\n  wxcloud emulator status\n  wxcloud emulator clock +10m"
	c.Flags().StringVar(&o.addr, "addr", "127.0.0.1:0", a.t(text.FlagAddr))
	c.Flags().StringVar(&o.envID, "env-id", emulator.EnvID, a.t(text.FlagEnvID))
	c.Flags().DurationVar(&o.cacheTTL, "cache-ttl", emulator.DefaultCacheTTL, a.t(text.FlagCacheTTL))
	c.Flags().IntVar(&o.nodes, "nodes", 3, a.t(text.FlagNodes))
	c.Flags().BoolVar(&o.applyConfig, "apply-config-on-upload", false, a.t(text.FlagApplyConfig))
	c.Flags().StringVar(&o.faults, "faults", "", a.t(text.FlagFaults))
	c.Flags().StringVar(&o.tickets, "tickets", emulator.JoinOrigins(emulator.DefaultTickets()), a.t(text.FlagTickets))
	c.Flags().StringVar(&o.interfaces, "interfaces", "", a.t(text.FlagInterfaces))
	c.Flags().BoolVar(&o.strict, "strict-subscriptions", false, a.t(text.FlagStrictSubscriptions))
	c.Flags().BoolVar(&o.timers, "timers", true, a.t(text.FlagTimers))
	c.Flags().BoolVar(&o.verbose, "verbose", false, a.t(text.FlagVerbose))
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return a.group(c, args)
		}
		return nil
	}
	c.RunE = func(c *cobra.Command, _ []string) error { return a.emulator(c.Context(), o) }
	c.AddCommand(a.newEmulatorStatus(), a.newEmulatorReset(), a.newEmulatorClock(), a.newEmulatorEnv(), a.newEmulatorFault(), a.newEmulatorFire(), a.newEmulatorPush(), a.newEmulatorLogs(), a.newEmulatorSubscribe(), a.newEmulatorSent())
	return c
}

// emulator serves the project's local cloud until it is interrupted.
func (a *app) emulator(ctx context.Context, o emulatorOptions) error {
	if o.envID == "" {
		return clierr.New("emulator/env-id", clierr.Usage, clierr.Args{"env": o.envID})
	}
	if o.cacheTTL <= 0 || o.cacheTTL > emulator.MaxCacheTTL || o.nodes < 1 || o.nodes > emulator.MaxNodes {
		return clierr.New("cmd/bad-emulator-flag", clierr.Usage, clierr.Args{"nodes": strconv.Itoa(emulator.MaxNodes)})
	}
	p, err := a.projectWithoutRoot()
	if err != nil {
		return err
	}
	options := a.emulatorOptions(localDir(p), p.AppID)
	options.CacheTTL, options.Nodes, options.ApplyConfigOnUpload = o.cacheTTL, o.nodes, o.applyConfig
	options.EnvID, options.StrictSubscriptions, options.Timers = o.envID, o.strict, o.timers
	if options.Interfaces, err = a.interfacesFolder(p, o.interfaces); err != nil {
		return err
	}
	planned, err := a.readFaults(o.faults)
	if err != nil {
		return err
	}
	if err := a.judgeFaults(planned, p, nil); err != nil {
		return err
	}
	options.Faults, options.Seed = planned.Rules, planned.Seed
	if options.Tickets, err = emulator.ParseOrigins(o.tickets); err != nil {
		return err
	}
	options.Observe = func(x emulator.Exchange) { a.printExchange(x, o.verbose) }
	if err := state.Prepare(p.Dir); err != nil {
		return err
	}
	e, err := emulator.Open(options)
	if err != nil {
		return err
	}
	if err := e.Listen(o.addr); err != nil {
		_ = closeEmulator(e)
		return err
	}
	a.say(text.EmulatorServing, "url", e.URL(), "dir", a.relative(localDir(p)))
	a.say(text.EmulatorCache, "ttl", o.cacheTTL.String(), "nodes", strconv.Itoa(o.nodes))
	if o.envID != emulator.EnvID {
		a.say(text.EmulatorStandsFor, "env", o.envID, "url", e.URL())
	}
	if o.applyConfig {
		a.say(text.EmulatorApplies)
	}
	if replies := e.Replies(); len(replies.Names) > 0 {
		a.say(text.EmulatorReplies, "dir", a.relative(replies.Dir), "names", strings.Join(replies.Names, ", "))
	}
	a.say(text.EmulatorStop)
	select {
	case <-ctx.Done():
	case <-e.Done():
	}
	a.say(text.EmulatorStopped)
	return closeEmulator(e)
}

// routine reports whether a request says nothing about what somebody did: control
// calls, the polling of a deploy, and what every client asks before it begins.
func routine(x emulator.Exchange) bool {
	switch x.Action {
	case "":
		return true
	case "GetFunction":
		return x.Fault == ""
	case "getrandstr", "getqcloudapisignature", "DescribeEnvs":
		return x.Fault == "" && x.Verdict == "ok"
	default:
		return strings.HasPrefix(x.Path, "/_ctl/")
	}
}

// printExchange shows what clients asked for: one line a request, routine ones
// only if everything was asked for.
func (a *app) printExchange(x emulator.Exchange, verbose bool) {
	if !verbose && routine(x) {
		return
	}
	words := []string{x.Time.Format(time.TimeOnly), orElse(x.Action, x.Method+" "+x.Path), x.Function, x.Verdict}
	if x.Node >= 0 {
		words = append(words, a.t(text.ExchangeNode, "node", strconv.Itoa(x.Node)))
	}
	if x.Fault != "" {
		words = append(words, a.t(text.ExchangeFault, "fault", x.Fault))
	}
	if x.Reason != "" {
		words = append(words, "("+x.Reason+")")
	}
	if x.Problem != nil {
		words = append(words, "("+a.problem(x.Problem)+")")
	}
	if x.Project {
		words = append(words, a.t(text.ExchangeProject))
	}
	if x.Synthetic {
		words = append(words, a.t(text.ExchangeSynthetic))
	}
	_, _ = fmt.Fprintln(a.io.Err, sanitize.Line(strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "  ")))
}

// runningLocal attaches to the project's live local cloud; the emulator's
// sub-commands are about one that runs.
func (a *app) runningLocal() (*emulator.Remote, error) {
	p, err := a.projectWithoutRoot()
	if err != nil {
		return nil, err
	}
	return emulator.Attach(localDir(p))
}

// runningStatus is the status of the project's live local cloud.
func (a *app) runningStatus(ctx context.Context) (emulator.Status, error) {
	remote, err := a.runningLocal()
	if err != nil {
		return emulator.Status{}, err
	}
	defer remote.Close()
	return remote.Status(ctx)
}

func (a *app) newEmulatorClock() *cobra.Command {
	c := a.command("clock +DURATION", text.EmulatorClockShort, text.Sentence{}, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud emulator clock +10m"
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return clierr.New("cmd/bad-duration", clierr.Usage, clierr.Args{"value": strings.Join(args, " ")})
		}
		d, err := time.ParseDuration(strings.TrimPrefix(args[0], "+"))
		if err != nil || d <= 0 {
			return clierr.New("cmd/bad-duration", clierr.Usage, clierr.Args{"value": args[0]})
		}
		remote, err := a.runningLocal()
		if err != nil {
			return err
		}
		defer remote.Close()
		advanced, err := remote.Advance(c.Context(), d)
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema string `json:"schema"`
				emulator.Advanced
			}{"wxcloud.emulator.clock/1", advanced})
		}
		a.print(text.EmulatorClockNow, "now", advanced.Now.Format(time.DateTime))
		for _, f := range advanced.Fired {
			a.print(text.ClockFired, "time", f.At.Local().Format(time.DateTime), "function", f.Function, "trigger", f.Trigger)
		}
		if advanced.More {
			a.print(text.ClockDropped)
		}
		return nil
	}
	return c
}

func (a *app) newEmulatorEnv() *cobra.Command {
	c := a.command("env", text.EmulatorEnvShort, text.EmulatorEnvLong, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		s, err := a.runningStatus(c.Context())
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema string `json:"schema"`
				Proxy  string `json:"HTTPS_PROXY"`
				Plain  string `json:"http_proxy"`
				CA     string `json:"NODE_EXTRA_CA_CERTS"`
			}{"wxcloud.emulator.env/1", s.URL, s.URL, s.CAPath})
		}
		if runtime.GOOS == "windows" {
			a.printf("$env:HTTPS_PROXY = '%s'\n$env:http_proxy = '%s'\n$env:NODE_EXTRA_CA_CERTS = '%s'\n", s.URL, s.URL, strings.ReplaceAll(s.CAPath, "'", "''"))
			return nil
		}
		a.printf("export HTTPS_PROXY=%s\nexport http_proxy=%s\nexport NODE_EXTRA_CA_CERTS=%s\n", shellQuote(s.URL), shellQuote(s.URL), shellQuote(s.CAPath))
		return nil
	}
	return c
}

// shellQuote makes a path safe to paste into a POSIX shell.
func shellQuote(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
