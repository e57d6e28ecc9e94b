package catalog

import (
	"slices"
	"testing"
)

func TestSearch(t *testing.T) {
	tests := []struct {
		text  string
		first string   // the best match
		among []string // further ones within the first five
	}{
		{"订阅消息", "subscribeMessage.send", []string{"subscribeMessage.addTemplate", "subscribeMessage.getTemplateList"}},
		{"发订阅消息", "subscribeMessage.send", nil},
		{"subscribe message", "subscribeMessage.send", []string{"subscribeMessage.addTemplate"}},
		{"Subscription Message", "subscribeMessage.send", nil},
		{"subscribeMessage", "subscribeMessage.send", nil},
		{"subscribeMessage.addTemplate", "subscribeMessage.addTemplate", nil},
		{"cloud.openapi.wxacode.get", "wxacode.get", nil},
		{"/cgi-bin/message/subscribe/send", "subscribeMessage.send", nil},
		{"https://api.weixin.qq.com/wxa/getwxacodeunlimit?access_token=x", "wxacode.getUnlimited", nil},
		{"getUnlimitedQRCode", "wxacode.getUnlimited", nil},
		{"小程序码", "wxacode.get", []string{"wxacode.getUnlimited", "wxacode.createQRCode"}},
		{"二维码", "wxacode.createQRCode", []string{"wxacode.get", "wxacode.getUnlimited"}},
		{"qr code", "wxacode.get", []string{"wxacode.getUnlimited", "wxacode.createQRCode"}},
		{"手机号", "phonenumber.getPhoneNumber", nil},
		{"phone number", "phonenumber.getPhoneNumber", nil},
		{"客服", "customerServiceMessage.send", nil},
		{"内容安全", "security.msgSecCheck", []string{"security.mediaCheckAsync"}},
		{"敏感词", "security.msgSecCheck", nil},
		{"短信", "cloudbase.sendSms", nil},
		{"身份证", "ocr.idcard", nil},
		{"ＯＣＲ　印刷体", "ocr.printedText", nil}, // as a Chinese input method may leave it
		{"推送", "subscribeMessage.send", nil},
		// What is offline is found, but does not lead.
		{"模板消息", "officialAccount.messageTemplate.send", []string{"templateMessage.send"}},
		{"templateMessage.send", "templateMessage.send", nil},
		{"直播 商品 删除", "liveBroadcast.goodsDelete", nil},
		{"urllink generate", "urllink.generate", nil},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			var names []string
			for _, m := range Search(test.text, 5) {
				names = append(names, m.Interface.Name)
			}
			if len(names) == 0 || names[0] != test.first {
				t.Fatalf("found %v, want %s first", names, test.first)
			}
			for _, name := range test.among {
				if !slices.Contains(names, name) {
					t.Errorf("found %v, want %s among them", names, name)
				}
			}
		})
	}
}

func TestSearchFindsNothing(t *testing.T) {
	for _, text := range []string{"", "   ", "...", "zzzz", "订阅消息 zzzz", "银河系漫游指南", "/no/such/path", "openapi("} {
		if found := Search(text, 0); len(found) != 0 {
			t.Errorf("Search(%q) found %d, first %s", text, len(found), found[0].Interface.Name)
		}
	}
}

func TestSearchLimit(t *testing.T) {
	all := Search("获取", 0)
	if len(all) < 50 {
		t.Fatalf("获取 found %d", len(all))
	}
	if some := Search("获取", 7); len(some) != 7 || some[6].Interface.Name != all[6].Interface.Name {
		t.Errorf("limit 7 gave %d", len(some))
	}
	if !slices.IsSortedFunc(all, func(a, b Match) int { return b.Score - a.Score }) {
		t.Error("not ordered by score")
	}
}

func TestSearchFindsEveryInterface(t *testing.T) {
	for i := range All() {
		for _, text := range []string{i.Name, i.TitleZh, i.TitleEn} {
			if !slices.ContainsFunc(Search(text, 12), func(m Match) bool { return m.Interface.Name == i.Name }) {
				t.Errorf("%q does not find %s", text, i.Name)
			}
		}
		if best := Search(i.Name, 1); best[0].Interface.Name != i.Name {
			t.Errorf("%s finds %s first", i.Name, best[0].Interface.Name)
		}
	}
}

func TestSearchNotCallable(t *testing.T) {
	for _, text := range []string{"登录凭证", "code2session", "/sns/jscode2session"} {
		if found := SearchNotCallable(text, 5); len(found) == 0 || found[0].Name() != "auth.code2Session" {
			t.Errorf("%s found %+v", text, found)
		}
	}
	if len(Search("登录", 0)) != 0 || len(SearchNotCallable("登录", 0)) == 0 {
		t.Error("登录 has no cloud call, and this must be found out")
	}
	if found := SearchNotCallable("订单", 3); len(found) != 3 {
		t.Errorf("订单 found %d, want 3", len(found))
	}
	if found := SearchNotCallable("", 3); len(found) != 0 {
		t.Errorf("nothing found %d", len(found))
	}
}

func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"订阅消息", "qr code", "/wxa/getwxacode", "openapi.a", "ＡＢＣ", "\xff\xfe", "a a a a", "İ", "订"} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		found := Search(text, limit)
		if limit > 0 && len(found) > limit || len(found) > Len() {
			t.Fatalf("%d matches, limit %d", len(found), limit)
		}
		for at, m := range found {
			if m.Score < 1 || at > 0 && m.Score > found[at-1].Score {
				t.Fatalf("score %d at %d", m.Score, at)
			}
		}
		if n := len(SearchNotCallable(text, limit)); limit > 0 && n > limit {
			t.Fatalf("%d without a cloud call, limit %d", n, limit)
		}
	})
}
