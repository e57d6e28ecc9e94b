package catalog_test

import (
	"testing"

	"wxcloud/catalog"
)

func TestCodeNamesTheInterfacesThatDocumentIt(t *testing.T) {
	uses := catalog.Code(43101)
	if len(uses) == 0 {
		t.Fatal("nobody documents 43101")
	}
	for _, u := range uses {
		i, _ := catalog.Lookup(u.Interface)
		if message, ok := i.Error(43101); !ok || message != u.Message {
			t.Errorf("%+v", u)
		}
	}
	if len(catalog.Code(-604101)) != 0 || len(catalog.Code(0)) != 0 {
		t.Error("a code of the gateway is no interface's")
	}
	code, _ := catalog.Lookup("wxacode.get")
	if message, ok := code.Error(85096); !ok || message != "not allow include scancode_time field" {
		t.Errorf("%q %v", message, ok)
	}
	if _, ok := code.Error(12345); ok {
		t.Error("an undocumented code")
	}
	if _, ok := (catalog.Interface{}).Error(1); ok {
		t.Error("without documentation")
	}
}
