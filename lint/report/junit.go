package report

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"strings"

	"wxcloud/internal/sanitize"
	"wxcloud/lint"
)

// JUnit writes test results as CI systems read them: a suite per function, and
// in it a case per finding, places told apart in its text, so that its name does
// not change when lines move. A case fails when its finding is an error; lesser
// findings pass and are told in the case's output, and a function without
// findings is one passing case. So the tests fail when lint does.
type JUnit struct{}

type junitSuites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Suites   []junitSuite
}

type junitSuite struct {
	XMLName  xml.Name `xml:"testsuite"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Cases    []junitCase
}

type junitCase struct {
	XMLName   xml.Name      `xml:"testcase"`
	Name      string        `xml:"name,attr"`
	Classname string        `xml:"classname,attr"`
	Failure   *junitFailure `xml:"failure"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// Format writes the suites.
func (JUnit) Format(w io.Writer, r lint.Report) error {
	names := pathsOf(r)
	suites := junitSuites{Name: "wxcloud lint"}
	index := map[string]int{}
	suite := func(function string) *junitSuite {
		i, ok := index[function]
		if !ok {
			i = len(suites.Suites)
			index[function] = i
			suites.Suites = append(suites.Suites, junitSuite{Name: sanitize.Line(function)})
		}
		return &suites.Suites[i]
	}
	for i := range r.Functions {
		suite(r.Functions[i].Name)
	}
	for _, group := range groups(r.Diagnostics) {
		s := suite(cmp.Or(group[0].Function, names.shown(group[0].File))) // or of the project
		s.Cases = append(s.Cases, junitCaseOf(names, s.Name, group))
	}
	for i := range suites.Suites {
		s := &suites.Suites[i]
		if len(s.Cases) == 0 {
			s.Cases = []junitCase{{Name: "no findings", Classname: s.Name}}
		}
		s.count()
		suites.Tests += s.Tests
		suites.Failures += s.Failures
	}
	return writeXML(w, suites)
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for i := range s.Cases {
		if s.Cases[i].Failure != nil {
			s.Failures++
		}
	}
}

func junitCaseOf(names paths, class string, group []lint.Diagnostic) junitCase {
	d := &group[0]
	message := sanitize.Line(d.Message.En)
	c := junitCase{Name: d.Rule + ": " + message, Classname: class}
	var text strings.Builder
	for i := range group {
		text.WriteString(names.where(group[i].Place) + ": " + message + "\n")
	}
	if !d.Help.IsZero() {
		text.WriteString("help: " + sanitize.Line(d.Help.En) + "\n")
	}
	if d.Severity == lint.Error {
		c.Failure = &junitFailure{Message: message, Type: d.Rule, Text: text.String()}
	} else {
		c.Output = text.String()
	}
	return c
}

// writeXML writes a document and a newline. The encoder replaces what XML 1.0 does
// not allow. "##" only occurs in values; "##[" and "##vso[" would be commands to
// CI systems.
func writeXML(w io.Writer, document any) error {
	text, err := xml.MarshalIndent(document, "", "  ")
	if err != nil {
		return err
	}
	text = bytes.ReplaceAll(text, []byte("##"), []byte("#&#35;"))
	_, err = w.Write(append(append([]byte(xml.Header), text...), '\n'))
	return err
}
