package interfaces

import (
	"slices"

	"wxcloud/catalog"
)

// entry is an interface with an answer of its own.
type entry struct {
	api    string
	source Source
	// check refuses what no single field shows; nil where there is no more to see.
	check  func(*call) *refusal
	answer handler
	// message is what a user would receive, of the interfaces that send.
	message func(*call) *Message
}

// entries are the interfaces used most. Further names of one HTTP interface are
// found through the catalog.
var entries = [...]entry{
	{api: "subscribeMessage.send", source: Documented, check: checkSubscribe, answer: sendSubscribe, message: subscribeMessage},
	{api: "customerServiceMessage.send", source: Documented, check: checkCustomer, answer: sendCustomer, message: customerMessage},
	{api: "customerServiceMessage.uploadTempMedia", source: Documented, check: checkMedia, answer: uploadMedia},
	{api: "subscribeMessage.addTemplate", source: Documented, check: checkTemplate, answer: addTemplate},
	{api: "subscribeMessage.deleteTemplate", source: Documented, answer: fine},
	{api: "wxacode.get", source: Documented, check: checkPath, answer: countedCode},
	{api: "wxacode.createQRCode", source: Documented, check: checkPath, answer: countedCode},
	{api: "wxacode.getUnlimited", source: Documented, check: checkScene, answer: unlimitedCode},
	{api: "security.msgSecCheck", source: Documented, check: checkVersion, answer: checkText},
	{api: "security.imgSecCheck", source: Documented, check: checkImage, answer: checkPicture},
	{api: "security.mediaCheckAsync", source: Documented, check: checkVersion, answer: checkLater},
	{api: "ocr.printedText", source: Documented, check: checkImageGiven, answer: readText},
	{api: "ocr.idcard", source: Documented, check: checkImageGiven, answer: readIDCard},
	{api: "ocr.bankcard", source: Documented, check: checkImageGiven, answer: readBankCard},
	{api: "phonenumber.getPhoneNumber", source: Documented, check: checkCode, answer: phoneNumber},
	{api: "urlscheme.generate", source: Documented, check: checkScheme, answer: scheme},
	{api: "urllink.generate", source: Documented, check: checkLink, answer: link},
}

// entryOf returns the entry of an interface, nil if it has none.
func entryOf(i *catalog.Interface) *entry {
	for n := range entries {
		if e := &entries[n]; e.api == i.Name || slices.Contains(i.SameAs, e.api) {
			return e
		}
	}
	return nil
}

// Answered yields the interfaces with an answer of their own and what it rests on.
func Answered(yield func(api string, source Source) bool) {
	for n := range entries {
		if !yield(entries[n].api, entries[n].source) {
			return
		}
	}
}

// fine answers that all is well, where the documented answer is no more.
func fine(*call) (any, *refusal) { return success{}, nil }
