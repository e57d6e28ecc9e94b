package cmd

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

func (a *app) newEmulatorStatus() *cobra.Command {
	c := a.command("status", text.EmulatorStatusShort, text.Sentence{}, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		s, err := a.runningStatus(c.Context())
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema string `json:"schema"`
				emulator.Status
			}{"wxcloud.emulator.status/1", s})
		}
		return a.printEmulatorStatus(s)
	}
	return c
}

func (a *app) printEmulatorStatus(s emulator.Status) error {
	theme := a.io.OutTheme()
	a.print(text.EmulatorServing, "url", s.URL, "dir", a.relative(s.Dir))
	a.print(text.EmulatorCache, "ttl", s.CacheTTL.String(), "nodes", strconv.Itoa(s.Nodes))
	if s.Offset != 0 {
		a.print(text.EmulatorOffset, "offset", s.Offset.String(), "now", s.Now.Format(time.DateTime))
	}
	if len(s.Interfaces.Names) > 0 {
		a.print(text.EmulatorReplies, "dir", a.relative(s.Interfaces.Dir), "names", strings.Join(s.Interfaces.Names, ", "))
	}
	if p := s.Interfaces.Problem; p != nil {
		a.print(text.EmulatorReplyWrong, "problem", a.problem(p))
	}
	if n := len(s.Faults); n > 0 {
		a.print(text.EmulatorFaultCount, "count", strconv.Itoa(n))
	}
	if len(s.Functions) == 0 {
		a.print(text.EmulatorEmpty)
		return nil
	}
	table := ui.NewTable(theme, a.t(text.HeadFunction), a.t(text.HeadStatus), a.t(text.HeadStoredAndMore))
	for _, f := range s.Functions {
		details := a.functionDetails(f, s.Nodes)
		table.Row(f.Name, f.Status, details[0])
		for _, detail := range details[1:] {
			table.Row("", "", detail)
		}
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}

// functionDetails is what is to be said of a function, a line each; the first is
// the stored list.
func (a *app) functionDetails(f emulator.FunctionStatus, nodes int) []string {
	stored := a.t(text.WordNever)
	if f.Applied {
		stored = orElse(strings.Join(f.Openapi, " "), "-")
	}
	lines := []string{stored}
	if f.Reason != "" {
		lines = append(lines, f.Reason)
	}
	for _, c := range f.Cached {
		lines = append(lines, a.t(text.CachedUntil, "node", strconv.Itoa(c.Node), "list", orElse(strings.Join(c.Openapi, " "), "-"), "time", c.ExpiresAt.Local().Format(time.TimeOnly)))
	}
	if n := nodes - len(f.Cached); n > 0 && len(f.Cached) > 0 {
		lines = append(lines, a.t(text.NotCached, "count", strconv.Itoa(n)))
	}
	for _, t := range f.Triggers {
		lines = append(lines, a.t(text.StatusTrigger, "name", t.Name, "config", t.Config))
	}
	if n := len(f.Versions); n > 0 {
		lines = append(lines, a.t(text.StatusVersions, "count", strconv.Itoa(n), "newest", strconv.Itoa(f.Versions[n-1].Number)))
	}
	for _, o := range f.Observed {
		lines = append(lines, a.t(text.StatusObserved, "api", o.API, "calls", strconv.Itoa(o.Calls), "refused", strconv.Itoa(o.Refused)))
	}
	return lines
}

// problem is the place of a problem and its sentence.
func (a *app) problem(p *emulator.Problem) string {
	at := clierr.Position{File: a.relative(p.File), Line: p.Line, Column: p.Column}
	if at.IsZero() || p.File == "" {
		return a.message(p.Err(), a.lang)
	}
	return at.String() + ": " + a.message(p.Err(), a.lang)
}
