package cmd

import (
	"errors"

	"wxcloud/internal/clierr"
	"wxcloud/upload"
)

// planDocument is the JSON document of plan.
type planDocument struct {
	Schema      string            `json:"schema"` // wxcloud.plan/1
	Environment string            `json:"environment"`
	Pending     bool              `json:"pending"`
	Functions   []plannedFunction `json:"functions"`
}

type plannedFunction struct {
	Name   string `json:"name"`
	Exists bool   `json:"exists"`
	Code   string `json:"code"`
	// Digest is of the contents on disk, as pack --hash prints it.
	Digest            string             `json:"digest"`
	Drifted           bool               `json:"drifted"`
	InstallDependency bool               `json:"installDependency"`
	Handler           string             `json:"handler"`
	Create            *plannedCreation   `json:"create,omitempty"`
	Settings          []plannedSetting   `json:"settings"`
	Permissions       plannedPermissions `json:"permissions"`
	Unapplied         []string           `json:"unapplied"`
	// TimersWithoutTicket: timers set with a key may start the function without
	// the ticket its cloud calls need.
	TimersWithoutTicket bool          `json:"timersWithoutTicket"`
	Steps               []plannedStep `json:"steps"`
	Error               *failure      `json:"error,omitempty"`
}

type plannedCreation struct {
	Runtime        string `json:"runtime"`
	MemoryMB       int    `json:"memoryMB"`
	TimeoutSeconds int    `json:"timeoutSeconds"`
}

// plannedSetting is a difference. The values of variables are never among them.
type plannedSetting struct {
	What   string `json:"what"`
	Name   string `json:"name,omitempty"`
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Action string `json:"action"`
}

type plannedPermissions struct {
	Declared []string `json:"declared"`
	// Source says who knows what is applied: cloud, record, new, or "" for nobody.
	Source  string   `json:"source"`
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
}

type plannedStep struct {
	Kind    string   `json:"kind"`
	Names   []string `json:"names,omitempty"`
	Blocked bool     `json:"blocked,omitempty"`
}

func (d *planning) document() planDocument {
	document := planDocument{Schema: "wxcloud.plan/1", Environment: d.made.Env, Pending: d.made.Pending(), Functions: []plannedFunction{}}
	for _, f := range d.made.Functions {
		p := planned(f)
		var e *clierr.Error
		if errors.As(f.Err, &e) {
			described := d.app.describe(e)
			p.Error = &described
		}
		document.Functions = append(document.Functions, p)
	}
	return document
}

func planned(f upload.FunctionPlan) plannedFunction {
	p := plannedFunction{
		Name: f.Name, Exists: f.Exists, Code: string(f.Code), Digest: f.Package.Digest, Drifted: f.Drifted || f.Reset || len(f.Permissions.Others) > 0,
		InstallDependency: f.InstallDependency, Handler: f.Handler, Settings: []plannedSetting{}, Unapplied: listOf(f.Unapplied),
		Permissions:         plannedPermissions{listOf(f.Permissions.Declared), string(f.Permissions.Source), listOf(f.Permissions.Added), listOf(f.Permissions.Removed)},
		TimersWithoutTicket: f.Triggers.CloudCalls, Steps: []plannedStep{},
	}
	if f.Create != nil {
		p.Create = &plannedCreation{f.Create.Runtime, f.Create.MemoryMB, f.Create.TimeoutSeconds}
	}
	for _, diff := range f.Differences {
		p.Settings = append(p.Settings, plannedSetting{string(diff.What), diff.Name, diff.From, diff.To, string(diff.Action)})
	}
	for _, s := range f.Steps {
		p.Steps = append(p.Steps, plannedStep{string(s.Kind), s.Names, s.Blocked})
	}
	return p
}

// listOf is a list that is [] in JSON and never null.
func listOf(names []string) []string { return append([]string{}, names...) }
