package text

// What pack says.
var (
	PackShort = Sentence{"show or write what a deploy would upload", "查看或导出部署时上传的代码包"}
	PackLong  = Sentence{
		"Packs functions as deploy would, without any network: how large each package is, what takes the room, what is left\nout and why. Without names: the function you stand in, else all. The digest is over names, modes and contents and is\nthe same on every machine; the archive, too, has the same bytes wherever this version of wxcloud makes it.\nPatterns in .wxcloudignore mean what they mean in a .gitignore; \"!\" takes back what is left out by default.",
		"按部署时的规则打包云函数，不访问网络：显示代码包大小、体积最大的部分、被排除的文件及原因。不指定名称时处理当前目录\n所在的云函数，否则处理全部。摘要由文件名、权限位和内容算出，在任何机器上都相同；同一版本的 wxcloud 生成的压缩包\n也逐字节相同。.wxcloudignore 的写法与 .gitignore 完全一致；用 \"!\" 可以恢复默认排除的文件。",
	}
	FlagPackList   = Sentence{"name every file, and what is left out with the reason", "列出每个文件，以及被排除的文件和原因"}
	FlagPackHash   = Sentence{"print only the digest of the contents, one function a line", "只输出内容摘要，每个云函数一行"}
	FlagPackOutput = Sentence{"write the zip of one function to this `file` (- for stdout)", "把一个云函数的 zip 写入该`文件`（- 表示标准输出）"}

	HeadFiles    = Sentence{"FILES", "文件数"}
	HeadUnpacked = Sentence{"UNPACKED", "解压后"}
	HeadZip      = Sentence{"ZIP", "压缩后"}
	HeadOfLimit  = Sentence{"OF LIMIT", "占上限"}
	HeadLargest  = Sentence{"LARGEST PARTS", "最大的部分"}
	HeadFile     = Sentence{"FILE", "文件"}
	HeadSize     = Sentence{"SIZE", "大小"}

	LeftOutByDefault = Sentence{"left out by default: {pattern}", "默认排除：{pattern}"}
	LeftOutByList    = Sentence{"left out: {pattern} ({list})", "已排除：{pattern}（{list}）"}
	PackWrote        = Sentence{"wrote {file}, SHA-256 {sha256}", "已写入 {file}，SHA-256 {sha256}"}
	AskReplaceFile   = Sentence{"{file} is there already. Replace it?", "{file} 已存在，替换它吗？"}
)
