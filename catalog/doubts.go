package catalog

import (
	"slices"
	"strings"
)

// Doubts is where the current documentation of an interface is at odds with
// older official text or with code that works. Fields are spelt as in Params.
type Doubts struct {
	Optional []string // called required, and not needed; "*" is all
	Further  []string // accepted, and not documented any more
	Newer    []string // required by version 2 of the interface, which a call without version does not get
}

// DoubtsOf returns what is doubtful about the fields of an interface.
func DoubtsOf(api string) (d Doubts) {
	for i := range doubts {
		if e := &doubts[i]; e.api == api || strings.HasSuffix(e.api, ".") && strings.HasPrefix(api, e.api) {
			d.Optional = append(d.Optional, e.Optional...)
			d.Further = append(d.Further, e.Further...)
			d.Newer = append(d.Newer, e.Newer...)
		}
	}
	return d
}

// MayLack reports whether a field can be missing although it is called required;
// has tells which of the top-level fields a call hands over.
func (d Doubts) MayLack(field string, has func(field string) bool) bool {
	return slices.Contains(d.Optional, "*") || slices.Contains(d.Optional, field) ||
		slices.Contains(d.Newer, field) && !has("version") ||
		field == "img" && slices.Contains(d.Further, "img_url") && has("img_url")
}

// doubtsEntry is about an interface, or a whole category with a final dot.
type doubtsEntry struct {
	api string
	Doubts
}

// doubts is the table of them.
var doubts = [...]doubtsEntry{
	// Older official text calls both optional, with the defaults formal and zh_CN.
	{"subscribeMessage.send", Doubts{Optional: []string{"miniprogram_state", "lang"}}},
	// The fields of Official Accounts and mini programs are described as one;
	// link is what mini programs have.
	{"customerServiceMessage.send", Doubts{
		Optional: []string{"miniprogrampage.appid", "music.title", "music.description", "mpnewsarticle.article_id"},
		Further:  []string{"link"},
	}},
	{"security.msgSecCheck", Doubts{Newer: []string{"version", "scene", "openid"}}},
	{"security.mediaCheckAsync", Doubts{Newer: []string{"version", "scene", "openid"}}},
	// An image is given by its bytes or by its URL.
	{"ocr.", Doubts{Further: []string{"img", "img_url", "type"}}},
	{"img.", Doubts{Further: []string{"img", "img_url"}}},
	// What expire_type replaced.
	{"urlscheme.generate", Doubts{Further: []string{"is_expire"}}},
	{"urllink.generate", Doubts{Further: []string{"is_expire"}}},
	{"logistics.", Doubts{Optional: []string{"*"}, Further: []string{"order_id", "openid", "delivery_id", "waybill_id", "biz_id"}}},
	// Everything is called required, alternatives and filters included.
	{"cloudbase.sendSms", Doubts{Optional: []string{"sms_type", "template_id", "content", "path", "template_param_list", "use_short_name", "resource_appid"}}},
	{"cloudbase.sendSmsV2", Doubts{Optional: []string{"url_link", "template_id", "template_param_list", "use_short_name", "resource_appid"}}},
	{"cloudbase.describeSmsRecords", Doubts{Optional: []string{"*"}}},
	// Older official text requires it, and nearly everybody hands it over.
	{"cloudbase.getOpenData", Doubts{Further: []string{"openid"}}},
	{"cloudbase.getStatistics", Doubts{Optional: []string{"page_limit", "page_offset"}, Further: []string{"condition"}}},
	{"cloudbase.report", Doubts{Optional: []string{"*"}}},
	{"nearbyPoi.add", Doubts{Optional: []string{"*"}}},
	{"operation.", Doubts{Optional: []string{"*"}}},
	// Which fields are needed depends on action.
	{"pluginManager.", Doubts{Optional: []string{"*"}}},
}
