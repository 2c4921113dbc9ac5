"""Sentences of `import` and `export`, in Chinese and English."""

WORDS = {
    "h_import": (
        "把 Excel、WPS、CSV 表格导入活动数据，Word 文稿、网页或照片导入新闻和事迹：先列出打算怎么改，同意了才写",
        "Import sheets (Excel, WPS, CSV) into the data; Word documents, web pages and photographs with --to: shows a plan first",
    ),
    "h_export": (
        "把活动数据写成可以填写、再导入的 Excel 工作簿",
        "Write the data as a workbook that can be filled in and imported again",
    ),
    "o_kind": (
        "表格是哪一种名单，写英文词或中文名称：teams persons orgs projects patrols inspections deeds awards figures notices cycles consents activities vetoes merits complaints objections",
        "What the sheets hold: teams persons orgs projects patrols inspections deeds awards figures notices cycles consents activities vetoes merits complaints objections",
    ),
    "o_map": (
        "一列是哪个字段，如 --map 带队单位=org；不导入的写 --map 血型=-。也可以说一个叫法是哪家单位：--map 东湖分局=b03。记住后同样的表格不用再写",
        "What a column is, as --map HEADER=field, or HEADER=- to leave it out; or which organisation a name means, NAME=id. Remembered for sheets of the same form",
    ),
    "o_hidden": ("隐藏的工作表、行和列也读", "Read hidden sheets, rows and columns, too"),
    "o_xlsx": ("要写的工作簿", "The workbook to write"),
    "o_only": ("只导出这几种，用逗号隔开，如 teams,orgs", "Only these kinds, parted by commas, as teams,orgs"),
    "read": ("表格", "sheets"),
    # Why a file is not read
    "im_empty": ("文件是空的。", "The file is empty."),
    "im_too_large": (
        "文件太大（{size}，最大 {limit}）。请删去图片和用不到的工作表，或拆成几个文件。",
        "The file is too large ({size}; at most {limit}). Remove pictures and other sheets, or split it.",
    ),
    "im_too_large_inside": (
        "表格展开以后太大。请把要导入的行复制到一个新工作簿里再导入。",
        "The sheet is too large once unpacked. Copy the rows into a new workbook.",
    ),
    "im_locked": (
        "文件设了打开密码。请在 Excel 或 WPS 里打开，去掉密码另存一份。",
        "The file is protected by a password. Open it, remove the password and save a copy.",
    ),
    "im_damaged": (
        "文件已损坏，打不开。请在 Excel 或 WPS 里打开并另存为 .xlsx；打不开就请对方重发。",
        "The file is damaged. Open it in Excel and save it as .xlsx, or have it sent again.",
    ),
    "im_open_quote": (
        "第 {row} 行的英文双引号没有成对，往下各行会连成一格，所以没有读。请补上或删去，再导入。",
        "A quotation mark in line {row} is never closed, which would make one cell of all below; nothing was read. Mend it first.",
    ),
    "im_word": (
        "这其实是 Word 文件，不是表格。请把里面的表复制到 Excel，或直接导入 .docx 文件。",
        "This is a Word file, not a sheet. Copy its table into Excel, or import it as a .docx file.",
    ),
    "im_slides": ("这其实是演示文稿，不是表格。", "This is a presentation, not a sheet."),
    "im_markup": (
        "这其实是网页，不是表格（有些系统导出的“.xls”是这样）。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        "This is a web page named as a sheet. Open it in Excel and save it as .xlsx.",
    ),
    "im_unknown": (
        "这不是能读的表格。能读的有 .xlsx、.xls、.ods 和 .csv。",
        "This is no sheet that can be read. Those are .xlsx, .xls, .ods and .csv.",
    ),
    "im_no_extra": (
        '读写表格还要装几个软件包：pip install "honorroll[office]"',
        'Sheets need some more packages: pip install "honorroll[office]"',
    ),
    # What is told first
    "im_renamed": (
        "文件名是 .{suffix}，内容其实是 .{kind}，按内容读了。",
        "The file is named .{suffix} but holds .{kind}; it was read as that.",
    ),
    "im_unseen_unknown": (
        "看不出这个文件里哪些行、列是隐藏的，都当作可见的读了；请另存为 .xlsx 再导入，更稳妥。",
        "What is hidden in this file cannot be told, so all was read. It is safer to save it as .xlsx first.",
    ),
    "im_macros": ("文件里有宏，没有运行，只读了数值。", "Macros in the file were ignored; only values were read."),
    "im_hidden_sheet": (
        "工作表“{name}”是隐藏的，没有读（要读请加 --hidden）。",
        "The sheet “{name}” is hidden and was left out (--hidden reads it).",
    ),
    "im_hidden_sheet_read": ("工作表“{name}”是隐藏的，也读了。", "The sheet “{name}” is hidden and was read."),
    "im_hidden_rows": (
        "隐藏的 {number} 行没有读：第 {rows} 行（要读请加 --hidden）。",
        "{number} hidden rows were left out: {rows} (--hidden reads them).",
    ),
    "im_hidden_rows_read": ("隐藏的 {number} 行也读了：第 {rows} 行。", "{number} hidden rows were read: {rows}."),
    "im_hidden_columns": (
        "隐藏的列没有读：{columns}（要读请加 --hidden）。",
        "Hidden columns were left out: {columns} (--hidden reads them).",
    ),
    "im_hidden_columns_read": ("隐藏的列也读了：{columns}。", "Hidden columns were read: {columns}."),
    "im_comments": (
        "{number} 个格有批注（{cells}），批注不导入。",
        "{number} cells have comments ({cells}); comments are never imported.",
    ),
    "im_no_table": (
        "看不出这是哪种名单，没有读。请看表头是否完整，或用 --as 写明种类（如 --as teams）。",
        "It is not clear what this sheet holds, so it was not read. Check its headers, or say it with --as (as --as teams).",
    ),
    "im_two_kinds": (
        "可能是{first}，也可能是{second}，没有读。请用 --as {one} 或 --as {two} 写明。",
        "This may hold {one} or {two}, so it was not read. Say --as {one} or --as {two}.",
    ),
    "im_private_column": (
        "“{header}”是个人信息，{number} 格都没有导入。",
        "“{header}” is private: {number} cells were left out.",
    ),
    "im_serial_column": (
        "“{header}”只是序号，没有当作编号。",
        "“{header}” only counts the rows and was not taken for ids.",
    ),
    "im_unknown_column": (
        "“{header}”没有对应的项，没有导入。要导入请写 --map {header}=字段。",
        "“{header}” is not known and was left out. --map {header}=field takes it.",
    ),
    "im_second_column": (
        "{title}已经取自“{other}”，“{header}”没有导入。要改用这一列，写 --map {header}={title}。",
        "{field} is taken from “{other}”; “{header}” was left out. --map {header}={field} takes it instead.",
    ),
    "im_bare_column": (
        "这一列没有表头，{number} 格没有导入。",
        "Nothing heads this column: {number} cells were left out.",
    ),
    "im_table_above": (
        "第 {row} 行像是另一张表的表头，第 {header} 行以上的都没有读。一张工作表里只放一张表，请分开再导入。",
        "Row {row} seems to head another table; nothing above row {header} was read. Put each table on a sheet of its own.",
    ),
    "im_merged": (
        "{number} 处合并的格，各行都用同一个值。",
        "{number} merged cells: each of their rows has the same value.",
    ),
    "im_read_as": ("“{word}”读作“{value}”（{number} 格）。", "“{word}” was read as “{value}” ({number} cells)."),
    "im_year_taken": (
        "日期没有写年份，按 {value} 年算（{number} 格）。",
        "Days without a year were taken for {value} ({number} cells).",
    ),
    "im_serial": (
        "数字“{word}”是日期 {value}（{number} 格）。",
        "The number {word} is the day {value} ({number} cells).",
    ),
    "im_taken": (
        "没有写“{word}”，按“{value}”填（{number} 行）。",
        "“{word}” was not given; “{value}” was taken ({number} rows).",
    ),
    "im_new_org": (
        "单位名单里没有“{word}”，新建为 {value}。写错了名字就请先改表格。",
        "“{word}” is no known organisation; it is made as {value}. Mend the sheet first if the name is wrong.",
    ),
    "im_too_many_to_check": (
        "有 {number} 条，太多了，这次没有预先检查；写完请运行 check，有错可以用 undo 退回。",
        "{number} records are too many to check beforehand; run check once they are written (undo takes them back).",
    ),
    "im_repeated_header": ("重复的表头，跳过 {number} 行。", "{number} repeated headers were passed over."),
    "im_no_record": ("不是记录，跳过：“{word}”（{number} 行）。", "No record, passed over: “{word}” ({number} rows)."),
    # What was not understood
    "im_error_cell": ("{title}：公式出错（{value}）", "{field}: a formula's error ({value})"),
    "im_unsaved": (
        "{title}：公式没有存下结果。请在 Excel 里打开、保存一次再导入",
        "{field}: a formula without a saved value. Open and save the file in Excel first",
    ),
    "im_private_cell": (
        "{title}：里面有个人信息（{value}），整行没有导入",
        "{field}: holds private data ({value}); the row was left out",
    ),
    "im_bad_value": ("{title}：“{value}”不合要求", "{field}: “{value}” is not allowed"),
    "im_bad_year": (
        "{title}：“{value}”的年份要在 {low} 到 {high} 之间",
        "{field}: the year of “{value}” must be {low} to {high}",
    ),
    "im_out_of_bounds": ("{title}：“{value}”要 {limit}", "{field}: “{value}” must be {limit}"),
    "im_digits_lost": (
        "{title}：长数字被表格改成了 {value}，末尾几位已经丢了，要改成文字格式重新填写",
        "{field}: the sheet has cut a long number to {value}; its last digits are lost, so type it again as text",
    ),
    "im_not_a_count": ("{title}：“{value}”不是整数", "{field}: “{value}” is not a whole number"),
    "im_not_hours": (
        "{title}：“{value}”不是小时数，写成 4 或 4.5",
        "{field}: “{value}” is not a number of hours like 4 or 4.5",
    ),
    "im_not_a_day": (
        "{title}：“{value}”看不出是哪一天，写成 {day}",
        "{field}: “{value}” is not a day; write {day}",
    ),
    "im_unclear_day": (
        "{title}：数字 {value} 分不清是几月几日（9.1 可能是 9.10），写成 {day}",
        "{field}: the number {value} is not a clear day (9.1 may be 9.10); write {day}",
    ),
    "im_no_such_day": ("{title}：“{value}”没有这一天", "{field}: there is no such day as “{value}”"),
    "im_not_a_moment": (
        "{title}：“{value}”不是时间，写成 {day} 09:30",
        "{field}: “{value}” is not a time; write {day} 09:30",
    ),
    "im_not_yes_no": ("{title}：“{value}”看不出是还是否", "{field}: “{value}” is neither yes nor no"),
    "im_no_choice": ("{title}：“{value}”不在可选的词里：{choices}", "{field}: “{value}” is none of {choices}"),
    "im_several": (
        "{title}：叫“{value}”的不止一个，请写编号（{ids}）",
        "{field}: several are called “{value}”; give an id ({ids})",
    ),
    "im_unknown_reference": ("{title}：{label}名单里没有“{value}”", "{field}: there is no {label_en} “{value}”"),
    "im_near_org": (
        "{title}：单位名单里没有“{value}”，只有很像的“{other}”。是同一家，加上 --map {word}={id} 再导入；是另一家，写 --map {word}=+；以后不再问",
        "{field}: there is no “{value}”, but “{other}” is much like it. If it is the same, add --map {word}={id}; if not, --map {word}=+",
    ),
    "im_same_org": (
        "单位名单里没有“{value}”，有“{other}”。是同一家吗",
        "There is no “{value}”, but “{other}”. Is it the same",
    ),
    "im_no_recipient": (
        "获奖者“{value}”不在单位、人员和项目名单里",
        "no organisation, person or project “{value}” is known",
    ),
    "im_guess": ("（是不是“{guess}”？）", " (did you mean “{guess}”?)"),
    "im_several_records": (
        "叫“{name}”的不止一个，分不清是哪一个，请加一列编号（{ids}）",
        "several records are called “{name}”; add a column of ids ({ids})",
    ),
    "im_missing": ("缺：{titles}", "missing: {titles}"),
    "im_twin": (
        "编号 {id} 前面已经有了（{other}），这一行没有导入",
        "the id {id} is there already ({other}); this row was left out",
    ),
    "im_same_twice": (
        "“{name}”前面已经有了（{other}），这一行没有导入",
        "“{name}” is there already ({other}); this row was left out",
    ),
    "im_other_owner": (
        "{owner}已有“{name}”（{id}），这里写的是{other}。是同一支，就加一列“编号”写 {id}；是另一支，就在名称前加上公司，或另写编号",
        "{owner} has “{name}” ({id}), the sheet says {other}. Give that id in a column, or put the company before the name",
    ),
    "im_bad_id": (
        "编号“{id}”只能用小写英文字母、数字和连字符",
        "the id “{id}” may hold only small letters, digits and hyphens",
    ),
    "im_moved_id": (
        "“{name}”的编号是 {old}，表里写的是 {id}。编号是网址的一部分，不能改；请改回 {old} 或空着",
        "“{name}” has the id {old}, the sheet says {id}. Ids are part of addresses and stay; write {old} or leave it empty",
    ),
    "im_faulty_record": (
        "编号 {id} 的记录在数据文件里有错，先改好它再导入",
        "the record {id} has mistakes in its data file; mend it first",
    ),
    "im_by_hand": (
        "{path} 里的写法特殊，程序不敢改，请自己改",
        "{path} is written in an unusual way; change it by hand",
    ),
    "im_fails": ("通不过检查（{rule}）：{why_zh}", "does not pass the checks ({rule}): {why}"),
    "im_faulty_table": (
        "{path} 有错，先改好它（运行 check 看错在哪里）再导入这种名单。",
        "{path} has mistakes; mend it (see check) before you import into it.",
    ),
    # The plan
    "im_reading": ("{where}：{kind}，第 {row} 行是表头", "{where}: {kind}; its header is in row {row}"),
    "im_first": ("先说明：", "First of all:"),
    "im_new": ("新增 {number} 条", "{number} new"),
    "im_changed": ("改动 {number} 条", "{number} changed"),
    "im_same": ("不变 {number} 条", "{number} unchanged"),
    "im_faults": ("看不懂、没有导入的 {number} 处：", "{number} places not understood; their rows are left out:"),
    "im_gone": (
        "数据里有、表格里没有的 {kind} {number} 条（照旧保留）：{names}",
        "{number} {kind} that the data has and the sheets have not (they stay): {names}",
    ),
    "im_findings": ("导入以后，检查会多出 {count}：", "With this, the checks would find {count} more:"),
    "im_unchecked": (
        "有错误没有改好，姓名等个人信息要改好以后才能查全。",
        "While there are errors, names and other private data are not looked for everywhere.",
    ),
    "im_more_kinds": (
        "    （要看的 {others} 条在前，格子怎么读的 {readings} 条在后）",
        "    ({others} to look at first, then {readings} on how cells were read)",
    ),
    "im_more": ("  …… 另有 {number} 条（加 -v 全部列出）", "  … {number} more (-v lists all)"),
    "im_remember": (
        "列的对应会记在 data/imports.yaml，下次不用再选。",
        "What columns mean is kept in data/imports.yaml.",
    ),
    "im_nothing": ("没有要写的。", "There is nothing to write."),
    "im_dry": ("以上是打算，什么也没有写。加上 --write 就写。", "Nothing was written. Add --write to do it."),
    "im_ask": ("写进数据文件吗？", "Write this?"),
    "im_not_written": ("没有写。", "Nothing was written."),
    "im_written": (
        "已写入 {files}。要退回，运行 undo；要看网站，运行 build。",
        "Wrote {files}. `undo` takes it back, `build` makes the site.",
    ),
    "im_what_column": (
        "“{where}”的“{header}”（例：{examples}）是哪一项？",
        "What is “{header}” of “{where}” (such as {examples})?",
    ),
    "im_choose": ("输入号码；直接回车表示不导入", "Type a number; Enter leaves it out"),
    "im_bad_map": ("--map 要写成 表头=字段，现在是“{value}”", "--map is HEADER=field; it is “{value}”"),
    "im_no_header": (
        "--map 里的“{name}”不是这些表的表头，也不在哪一格里",
        "“{name}” of --map heads no column of these sheets and stands in no cell",
    ),
    "im_bad_set": ("--set 要写成 字段=值，现在是“{value}”", "--set is field=value; it is “{value}”"),
    "im_no_field": ("没有字段“{name}”；可以写 {known}", "there is no field “{name}”; known are {known}"),
    "im_no_kind": ("没有“{name}”这种名单；可以写 {known}", "there is no kind “{name}”; known are {known}"),
    "im_map_kind": (
        "--map 的字段“{name}”不属于这张表；可以写 {known}",
        "the field “{name}” of --map is not one of this sheet; known are {known}",
    ),
    # Export
    "ex_wrote": ("已写入 {file}：{number} 条记录。", "Wrote {file}: {number} records."),
    "ex_faults": (
        "数据里有 {number} 处错误，先改好（运行 check 看错在哪里）再导出",
        "the data has {number} faults; mend them (see check) before you export",
    ),
    "ex_place": (
        "{file} 已经有了，或者不是 .xlsx。请换一个文件名",
        "{file} is there already, or no .xlsx; choose another name",
    ),
}
