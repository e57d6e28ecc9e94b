package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

// foundInterface is one hit in the JSON document of perm search.
type foundInterface struct {
	Name       string   `json:"name"`
	TitleZh    string   `json:"titleZh"`
	TitleEn    string   `json:"titleEn"`
	Status     string   `json:"status"`
	ReplacedBy []string `json:"replacedBy"`
	DocURL     string   `json:"docUrl,omitempty"`
}

func (a *app) newPermSearch() *cobra.Command {
	limit := 0
	c := a.command("search TEXT", text.PermSearchShort, text.PermSearchLong, clierr.OK, clierr.Usage, clierr.NotFound)
	c.Example = "  wxcloud perm search 订阅消息\n  wxcloud perm search qr code\n  wxcloud perm search /cgi-bin/message"
	c.Flags().IntVar(&limit, "limit", 20, a.t(text.FlagLimit))
	c.RunE = func(_ *cobra.Command, words []string) error { return a.permSearch(strings.Join(words, " "), limit) }
	return c
}

func (a *app) permSearch(query string, limit int) error {
	if strings.TrimSpace(query) == "" {
		return clierr.New("cmd/nothing-to-search", clierr.Usage, nil).Hint("cmd/hint-run", clierr.Args{"command": "wxcloud perm search 订阅消息"})
	}
	if limit < 1 {
		return clierr.New("cmd/bad-limit", clierr.Usage, nil)
	}
	matches := catalog.Search(query, limit)
	if a.flags.json {
		found := make([]foundInterface, len(matches))
		for i, m := range matches {
			replaced := m.Interface.ReplacedBy
			if replaced == nil {
				replaced = []string{}
			}
			found[i] = foundInterface{m.Interface.Name, m.Interface.TitleZh, m.Interface.TitleEn, string(m.Interface.Status), replaced, m.Interface.DocURL}
		}
		if len(found) == 0 {
			a.exit = clierr.NotFound
		}
		return a.printJSON(struct {
			Schema     string           `json:"schema"`
			Interfaces []foundInterface `json:"interfaces"`
		}{"wxcloud.perm.search/1", found})
	}
	if len(matches) == 0 {
		if others := catalog.SearchNotCallable(query, 1); len(others) > 0 {
			return notCallable(others[0].Name(), others[0])
		}
		return clierr.New("cmd/nothing-found", clierr.NotFound, clierr.Args{"text": query})
	}
	theme := a.io.OutTheme()
	table := ui.NewTable(theme, a.t(text.HeadInterface), a.t(text.HeadStatus), a.t(text.HeadTitle))
	for _, m := range matches {
		status := ui.Cell{Text: a.t(statusWord(m.Interface.Status))}
		if m.Interface.Status != catalog.Active {
			status.Style = theme.Yellow
		}
		table.Cells(ui.Cell{Text: m.Interface.Name, Style: theme.Cyan}, status, ui.Cell{Text: a.title(m.Interface)})
	}
	if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
		return err
	}
	if len(matches) == limit {
		a.say(text.SearchLimited, "limit", "--limit")
	}
	return nil
}

func statusWord(s catalog.Status) text.Sentence {
	switch s {
	case catalog.Removed:
		return text.StatusRemoved
	case catalog.Deprecated:
		return text.StatusDeprecated
	default:
		return text.StatusActive
	}
}
