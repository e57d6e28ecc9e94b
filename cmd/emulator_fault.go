package cmd

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/emulator/faults"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

// readFaults reads the file of --faults, "" for none.
func (a *app) readFaults(name string) (faults.File, error) {
	if name == "" {
		return faults.File{}, nil
	}
	data, err := os.ReadFile(a.absolute(name))
	if err != nil {
		return faults.File{}, clierr.New("emulator/bad-faults-file", clierr.Local, clierr.Args{"file": name}).Because(err)
	}
	return faults.ParseFile(name, data)
}

// judgeFaults refuses rules that can never strike and warns about those that may
// never. Those of the command line stand nowhere; deployed are the functions on the local cloud, as far as they are known.
func (a *app) judgeFaults(f faults.File, p *config.Project, deployed []emulator.FunctionStatus) error {
	names := emulator.FaultNames()
	names.Functions = functionNames(p.Functions)
	for _, d := range deployed {
		names.Functions = append(names.Functions, d.Name)
	}
	for i, r := range f.Rules {
		exit, at := clierr.Usage, clierr.Position{}
		if f.At != nil {
			exit, at = clierr.Local, f.At[i]
		}
		if names.Impossible(r) {
			return clierr.New("emulator/fault-never", exit, clierr.Args{
				"on": r.On, "fault": r.Do.String(), "actions": strings.Join(names.Deploys, ", "),
			}).In(at)
		}
		for _, miss := range names.Misses(r) {
			said := text.FaultTargetUnknown
			if miss.Function {
				said = text.FaultFunctionUnknown
			}
			near := ""
			if len(miss.Near) > 0 {
				near = a.t(text.FaultNear, "name", miss.Near[0])
			}
			a.warn(said, "name", miss.Word, "near", near)
		}
	}
	return nil
}

func (a *app) newEmulatorFault() *cobra.Command {
	c := a.command("fault", text.EmulatorFaultShort, text.EmulatorFaultLong, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud emulator fault add subscribeMessage.send code:45009 --times 3\n  wxcloud emulator fault add UpdateFunctionCode status:503 --probability 0.3\n  wxcloud emulator fault list\n  wxcloud emulator fault clear"
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(a.newFaultAdd(), a.newFaultList(), a.newFaultClear())
	return c
}

func (a *app) newFaultAdd() *cobra.Command {
	var rule faults.Rule
	c := a.command("add ON FAULT", text.EmulatorFaultAddShort, text.EmulatorFaultLong, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud emulator fault add subscribeMessage.send code:45009 --times 3"
	c.Flags().StringVar(&rule.Function, "function", "", a.t(text.FlagFaultFunction))
	c.Flags().IntVar(&rule.Times, "times", 0, a.t(text.FlagFaultTimes))
	c.Flags().Float64Var(&rule.Probability, "probability", 0, a.t(text.FlagFaultProbability))
	c.Flags().BoolVar(&rule.After, "after", false, a.t(text.FlagFaultAfter))
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 2 {
			return clierr.New("emulator/bad-rule", clierr.Usage, clierr.Args{"on": strings.Join(args, " "), "fault": "-"})
		}
		effect, err := faults.ParseEffect(args[1])
		if err != nil {
			return err
		}
		rule.On, rule.Do = args[0], effect
		if err := rule.Check(); err != nil {
			return err
		}
		if rule.Probability == 0 && c.Flags().Changed("probability") { // in a file, 0 stands for always
			return clierr.New("emulator/bad-rule", clierr.Usage, clierr.Args{"on": rule.On, "fault": args[1]})
		}
		p, err := a.projectWithoutRoot()
		if err != nil {
			return err
		}
		return a.withFaults(func(remote *emulator.Remote) ([]faults.Listed, error) {
			s, err := remote.Status(c.Context())
			if err != nil {
				return nil, err
			}
			if err := a.judgeFaults(faults.File{Rules: []faults.Rule{rule}}, p, s.Functions); err != nil {
				return nil, err
			}
			return remote.AddFaults(c.Context(), rule)
		}, func([]faults.Listed) error {
			words := []string{rule.On, rule.Function, rule.Do.String(), a.faultWhen(rule)}
			a.print(text.EmulatorFaultAdded, "fault", strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "  "))
			return nil
		})
	}
	return c
}

func (a *app) newFaultList() *cobra.Command {
	c := a.command("list", text.EmulatorFaultListShort, text.Sentence{}, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		return a.withFaults(func(remote *emulator.Remote) ([]faults.Listed, error) {
			return remote.AddFaults(c.Context())
		}, a.printFaults)
	}
	return c
}

func (a *app) newFaultClear() *cobra.Command {
	c := a.command("clear", text.EmulatorFaultClearShort, text.Sentence{}, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		return a.withFaults(func(remote *emulator.Remote) ([]faults.Listed, error) {
			return []faults.Listed{}, remote.ClearFaults(c.Context())
		}, func([]faults.Listed) error {
			a.print(text.EmulatorFaultsCleared)
			return nil
		})
	}
	return c
}

// withFaults asks the running local cloud and shows what it answers.
func (a *app) withFaults(ask func(*emulator.Remote) ([]faults.Listed, error), show func([]faults.Listed) error) error {
	remote, err := a.runningLocal()
	if err != nil {
		return err
	}
	defer remote.Close()
	list, err := ask(remote)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema string          `json:"schema"`
			Faults []faults.Listed `json:"faults"`
		}{"wxcloud.emulator.faults/1", list})
	}
	return show(list)
}

func (a *app) printFaults(list []faults.Listed) error {
	if len(list) == 0 {
		a.print(text.EmulatorNoFaults)
		return nil
	}
	table := ui.NewTable(a.io.OutTheme(), a.t(text.HeadFaultOn), a.t(text.HeadFunction), a.t(text.HeadFault), a.t(text.HeadFaultWhen), a.t(text.HeadFaultStruck))
	for _, f := range list {
		table.Row(f.On, orElse(f.Function, "*"), f.Do.String(), orElse(a.faultWhen(f.Rule), "-"), strconv.Itoa(f.Struck))
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}

// faultWhen says when a rule strikes, "" for always.
func (a *app) faultWhen(r faults.Rule) string {
	var when []string
	if r.Times > 0 {
		when = append(when, a.t(text.FaultTimes, "times", strconv.Itoa(r.Times)))
	}
	if r.Probability > 0 {
		when = append(when, a.t(text.FaultProbability, "probability", strconv.FormatFloat(r.Probability, 'g', -1, 64)))
	}
	if r.After {
		when = append(when, a.t(text.FaultAfter))
	}
	return strings.Join(when, ", ")
}
