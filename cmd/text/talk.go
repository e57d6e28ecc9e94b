package text

// What commands say while they work, and what tables are headed with.
var (
	ErrorWord           = Sentence{"error: ", "错误："}
	WarningWord         = Sentence{"warning: ", "警告："}
	HintWord            = Sentence{"hint: ", "提示："}
	NextWord            = Sentence{"next: ", "下一步："}
	Interrupted         = Sentence{"interrupted; what was already accepted stays accepted, run the same command to go on", "已中断；云端已受理的部分不会回退，重新运行同一命令即可继续"}
	InterruptedQuestion = Sentence{"interrupted", "已取消"}
	Unsaid              = Sentence{"this failure has no sentence yet: {id}", "这个错误还没有对应的说明：{id}"}

	NotDocumented = Sentence{"not documented here", "此处没有文档"}
)

// The words around a question on a terminal.
var (
	PromptSelect      = Sentence{"arrows to move, type to filter, Enter to choose", "↑↓ 移动，输入文字筛选，回车选定"}
	PromptMultiSelect = Sentence{"arrows to move, space to tick, type to filter", "↑↓ 移动，空格勾选，输入文字筛选"}
	PromptHelp        = Sentence{"for help", "查看说明"}
	PromptYesOrNo     = Sentence{"answer y or n", "请输入 y 或 n"}
	PromptYes         = Sentence{"yes", "是"}
	PromptNo          = Sentence{"no", "否"}
)
