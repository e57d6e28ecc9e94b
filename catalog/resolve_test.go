package catalog

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryNameResolvesToItself(t *testing.T) {
	for i := range All() {
		for _, written := range []string{i.Name, "  " + i.Name + "\n"} {
			if r := Resolve(written); r.Kind != Exact || r.Interface.Name != i.Name {
				t.Errorf("Resolve(%q) = %s %s", written, r.Kind, r.Interface.Name)
			}
		}
		if r := Resolve("cloud.openapi." + i.Name); r.Kind != Prefix || r.Interface.Name != i.Name {
			t.Errorf("with prefix: %s = %s %s", i.Name, r.Kind, r.Interface.Name)
		}
		if upper := strings.ToUpper(i.Name); upper != i.Name {
			if r := Resolve(upper); r.Kind != Case || r.Interface.Name != i.Name {
				t.Errorf("in upper case: %s = %s %s", i.Name, r.Kind, r.Interface.Name)
			}
		}
		if r := Resolve(i.Method + " " + i.Path); r.Kind != Path || !slices.Contains(r.Suggestions, i.Name) {
			t.Errorf("%s %s = %s %v, want %s among them", i.Method, i.Path, r.Kind, r.Suggestions, i.Name)
		}
		if i.DocURL != "" {
			if r := Resolve(i.DocURL); r.Kind != DocName || !slices.Contains(r.Suggestions, i.Name) {
				t.Errorf("%s = %s %v, want %s among them", i.DocURL, r.Kind, r.Suggestions, i.Name)
			}
		}
		for _, alias := range slices.Concat(i.Aliases, i.SuggestedAliases) {
			if r := Resolve(alias); !r.Known() || r.Interface.Name != i.Name {
				t.Errorf("alias %s = %s %s, want %s", alias, r.Kind, r.Interface.Name, i.Name)
			}
		}
	}
	for n := range AllNotCallable() {
		for _, written := range append([]string{n.Method + " " + n.Path, "https://api.weixin.qq.com" + n.Path + "?access_token=x"}, n.OldNames...) {
			if r := Resolve(written); r.Kind != KindNotCallable || r.NotCallable.Path != n.Path || r.Known() {
				t.Errorf("Resolve(%q) = %s %s", written, r.Kind, r.NotCallable.Path)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	tests := []struct {
		written     string
		kind        Kind
		name        string // of the interface, or of the one without a cloud call
		suggestions []string
	}{
		// As code has it.
		{"openapi.security.imgSecCheck", Prefix, "security.imgSecCheck", nil},
		{"cloud.openapi.subscribeMessage.send(", Prefix, "subscribeMessage.send", nil},
		{"await cloud.openapi({ appid }).officialAccount.qrcode.create({})", Prefix, "officialAccount.qrcode.create", nil},
		{"subscribeMessage.send()", Prefix, "subscribeMessage.send", nil},
		{"openapi.auth.code2Session", KindNotCallable, "auth.code2Session", nil},
		{"cloud.openapi.subscribeMesage.send", Typo, "", []string{"subscribeMessage.send"}},
		// Other signs.
		{"security．msgSecCheck", Signs, "security.msgSecCheck", nil},
		{"ｓecurity。msgSecCheck", Signs, "security.msgSecCheck", nil},
		{"security..msgSecCheck.", Signs, "security.msgSecCheck", nil},
		{".security.msgSecCheck", Signs, "security.msgSecCheck", nil},
		{"security/msgSecCheck", Signs, "security.msgSecCheck", nil},
		{"openapi．wxacode．get", Signs, "wxacode.get", nil},
		{"security msgSecCheck", Signs, "security.msgSecCheck", nil},
		// Letter case.
		{"subscribemessage.Send", Case, "subscribeMessage.send", nil},
		{"openapi.phoneNumber.getPhoneNumber", Case, "phonenumber.getPhoneNumber", nil},
		{"officialAccount.card.getPayGiftCardById", Case, "officialAccount.card.GetPayGiftCardById", nil},
		// Other spellings.
		{"wxacode.getUnlimit", Alias, "wxacode.getUnlimited", nil},
		{"miniprogramMessage.send", Alias, "subscribeMessage.send", nil},
		{"officialAccount.material.delete", Alias, "officialAccount.material.delelete", nil},
		{"getPhoneNumber", Alias, "phonenumber.getPhoneNumber", nil},
		// HTTP paths and URLs.
		{"/cgi-bin/message/subscribe/send", Path, "subscribeMessage.send", nil},
		{"cgi-bin/message/subscribe/send/", Path, "subscribeMessage.send", nil},
		{"post /wxa/msg_sec_check", Path, "security.msgSecCheck", nil},
		{"https://api.weixin.qq.com/wxa/getwxacodeunlimit?access_token=ACCESS_TOKEN", Path, "wxacode.getUnlimited", nil},
		{"api.weixin.qq.com/wxa/getwxacode", Path, "wxacode.get", nil},
		{"/wxaapi/newtmpl/addtemplate", Path, "subscribeMessage.addTemplate", []string{"subscribeMessage.addTemplate", "officialAccount.newtmpl.addTemplate"}},
		{"/sns/jscode2session", KindNotCallable, "auth.code2Session", nil},
		{"https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential", KindNotCallable, "auth.getAccessToken", nil},
		{"/cgi-bin/no/such/path", Unknown, "", nil},
		{"https://example.com/cgi-bin/no/such", Unknown, "", nil},
		// Documentation names and pages.
		{"getUnlimitedQRCode", DocName, "wxacode.getUnlimited", nil},
		{"sendmessage", DocName, "subscribeMessage.send", nil},
		{"getOrder", DocName, "logistics.getOrder", []string{"logistics.getOrder", "wxa.sec.order.getOrder"}},
		{"code2Session", KindNotCallable, "auth.code2Session", nil},
		{"https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/login/auth.code2Session.html", KindNotCallable, "auth.code2Session", nil},
		{"https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html", Unknown, "", nil},
		{"https://developers.weixin.qq.com/elsewhere/api_getUnlimitedQRCode.html#anchor", DocName, "wxacode.getUnlimited", nil},
		{"https://developers.weixin.qq.com/elsewhere/api_", Unknown, "", nil},
		{"https://developers.weixin.qq.com/elsewhere/api_code2session", KindNotCallable, "auth.code2Session", nil},
		// Slips of the finger.
		{"subscribeMessage.sned", Typo, "", []string{"subscribeMessage.send"}},
		{"subcribeMessage.send", Typo, "", []string{"subscribeMessage.send"}},
		{"wxacode.getUnlimitd", Typo, "", []string{"wxacode.getUnlimited"}},
		{"ocr.idcrad", Typo, "", []string{"ocr.idcard"}},
		{"auth.code2Sesion", KindNotCallable, "auth.code2Session", nil},
		{"uploadTempMedia", DocName, "customerServiceMessage.uploadTempMedia", []string{"customerServiceMessage.uploadTempMedia", "officialAccount.media.upload"}},
		{"mediaCheckSync", Typo, "", []string{"wxa.game.contentSpam.mediaCheckSync"}},
		{"subscribeMessage", Typo, "", []string{"subscribeMessage.send", "subscribeMessage.addTemplate", "subscribeMessage.getTemplateList"}},
		// Things people declare that are no interfaces at all.
		{"cloud.getWXContext", Unknown, "", nil},
		{"cloudPay.refund", Unknown, "", nil},
		{"CloudPay.unifiedOrder", Unknown, "", nil},
		{"cloudbase.uploadFile", Unknown, "", nil},
		{"wx.requestOrderPayment", Unknown, "", nil},
		{"cms.TextModeration", Unknown, "", nil},
		{"*", Unknown, "", nil},
		{"", Unknown, "", nil},
		{"/", Unknown, "", nil},
		{"openapi.", Unknown, "", nil},
		{strings.Repeat("subscribeMessage.send", 100), Unknown, "", nil},
	}
	for _, test := range tests {
		t.Run(test.written[:min(len(test.written), 80)], func(t *testing.T) {
			r := Resolve(test.written)
			got := r.Interface.Name
			if r.Kind == KindNotCallable {
				got = r.NotCallable.Name()
			}
			if r.Kind != test.kind || got != test.name {
				t.Fatalf("got %s %q (%v), want %s %q", r.Kind, got, r.Suggestions, test.kind, test.name)
			}
			want := test.suggestions
			if want == nil && r.Known() {
				want = []string{test.name}
			}
			if diff := cmp.Diff(want, r.Suggestions); diff != "" {
				t.Errorf("suggestions (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzResolve(f *testing.F) {
	for _, seed := range []string{
		"subscribeMessage.send", "cloud.openapi({appid}).a.b(", "POST https://api.weixin.qq.com/wxa/getwxacode?x#y",
		"/", "//", "://", "openapi(", "openapi().", "await ", "\xff.\xfe/", "订阅.消息", "İ.ı",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		r := Resolve(written)
		if len(r.Suggestions) > Len() {
			t.Fatalf("%d suggestions", len(r.Suggestions))
		}
		if r.Known() != (len(r.Suggestions) > 0 && r.Kind != Typo) || r.Known() && r.Suggestions[0] != r.Interface.Name {
			t.Fatalf("%s %s but suggestions %v", r.Kind, r.Interface.Name, r.Suggestions)
		}
		for _, name := range r.Suggestions {
			if _, ok := Lookup(name); !ok {
				t.Fatalf("suggested %q, which is not in the catalog", name)
			}
		}
		if (r.Kind == KindNotCallable) != (r.NotCallable.Path != "") {
			t.Fatalf("%s with %+v", r.Kind, r.NotCallable)
		}
	})
}

// A name that is only near to one without a cloud call is no proof that it has none.
func TestGuessesSayThatTheyGuess(t *testing.T) {
	for written, guess := range map[string]bool{
		"auth.code2Session": false, "openapi.auth.code2Session": false, "/sns/jscode2session": false, "code2Session": false,
		"auth.code2Sesion": true, "auth.code2Sessions": true,
	} {
		if r := Resolve(written); r.Kind != KindNotCallable || r.Guess != guess {
			t.Errorf("Resolve(%q) = %s, guess %v, want %v", written, r.Kind, r.Guess, guess)
		}
	}
}
