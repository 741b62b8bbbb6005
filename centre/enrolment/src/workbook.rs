//! Workbooks for the employer: the template and the result. Every value is written as text, so that what begins with
//! `=`, `+`, `-` or `@` never becomes a formula.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::batch::{Batch, FlawRow, GoodRow};
use crate::rules::{COLUMNS, name_of_insurances};
use crate::sheet::{GUIDE, MAX_ROWS, SHEET, VERSION};

/// Widths of the template's columns, characters.
const WIDTHS: [u16; 13] = [6, 12, 12, 22, 12, 12, 12, 13, 12, 13, 13, 12, 20];

/// The empty template.
///
/// # Errors
/// [`XlsxError`] when the workbook can't be written.
pub fn template() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let text = Format::new().set_num_format("@");
    let bold = heading();
    let sheet = book.add_worksheet().set_name(SHEET)?;
    for (column, width) in COLUMNS.iter().zip(WIDTHS) {
        let at = *column as u16;
        let mark = if column.optional() { "" } else { "*" };
        sheet.set_column_width(at, width)?.set_column_format(at, &text)?;
        sheet.write_string_with_format(0, at, format!("{}{mark}", column.heading()), &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    guide(book.add_worksheet().set_name(GUIDE)?)?;
    book.save_to_buffer()
}

fn heading() -> Format {
    Format::new().set_bold().set_align(FormatAlign::Center).set_num_format("@")
}

fn guide(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let lines = [
        ("模板版本", VERSION.to_owned()),
        ("行数", format!("每个文件不超过 {MAX_ROWS} 行，从第 2 行开始填写，不要增删或移动列")),
        ("必填", "带 * 的列必须填写；合同类型为固定期限的，合同终止日必须填写".to_owned()),
        ("证件类型", "01 居民身份证".to_owned()),
        ("证件号码", "18 位，请保持文本格式".to_owned()),
        ("户籍性质", "11 本地城镇；12 外地城镇；21 本地农村；22 外地农村".to_owned()),
        ("文化程度", "11 博士研究生；14 硕士研究生；21 大学本科；31 大学专科；41 中等专科；44 职业高中；47 技工学校；61 普通中学；71 初级中学；81 小学；90 其他".to_owned()),
        ("参保起始月", "当月或次月，如 2026-07；更早的月份请办理职工补缴".to_owned()),
        ("用工起始日", "如 2026-07-01，不晚于今天起 30 日".to_owned()),
        ("合同类型", "1 固定期限；2 无固定期限；3 以完成一定工作任务为期限".to_owned()),
        ("月缴费工资", "元，最多两位小数".to_owned()),
        ("增员原因", "01 新参加工作；02 本市单位调入；03 外省市转入；04 失业再就业；05 退役安置；06 刑满释放；07 灵活转单位；08 补登记；99 其他".to_owned()),
        ("险种", format!("{}；多个用逗号分隔", name_of_insurances())),
    ];
    sheet.set_column_width(0, 14)?.set_column_width(1, 90)?;
    for (row, (name, value)) in (0..).zip(lines) {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
    }
    Ok(())
}

/// The result of a batch: figures, rows that failed, rows that went in.
///
/// # Errors
/// [`XlsxError`] when the workbook can't be written.
pub(crate) fn result(batch: &Batch, flaws: &[FlawRow], good: &[GoodRow]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let summary = [
        ("批次号", batch.case_no.clone()),
        ("导入文件", batch.file_name.clone()),
        ("文件摘要（SM3）", batch.sm3.clone()),
        ("总行数", batch.rows_total.to_string()),
        ("成功", batch.ok.to_string()),
        ("失败", batch.failed.to_string()),
        ("成功但有提示", batch.warned.to_string()),
    ];
    let sheet = book.add_worksheet().set_name("处理结果")?;
    sheet.set_column_width(0, 18)?.set_column_width(1, 70)?;
    for (row, (name, value)) in (0..).zip(summary) {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
    }
    let failed = ["行号", "姓名", "栏目", "填写内容", "代码", "原因", "修改建议"];
    let rows = flaws.iter().map(|flaw| {
        let row = flaw.row.to_string();
        [
            row,
            flaw.name.clone(),
            flaw.column_name.clone(),
            flaw.value.clone(),
            flaw.code.clone(),
            flaw.reason.clone(),
            flaw.hint.clone(),
        ]
    });
    table(book.add_worksheet().set_name("失败明细")?, &failed, rows)?;
    let rows = good.iter().map(|good| {
        [
            good.row.to_string(),
            good.name.clone(),
            good.person.clone(),
            good.warning.clone().unwrap_or_default(),
        ]
    });
    table(book.add_worksheet().set_name("成功明细")?, &["行号", "姓名", "人员编号", "提示"], rows)?;
    book.save_to_buffer()
}

fn table<const N: usize>(
    sheet: &mut Worksheet,
    headings: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<(), XlsxError> {
    let bold = heading();
    for (column, name) in (0..).zip(headings) {
        sheet.write_string_with_format(0, column, *name, &bold)?.set_column_width(column, 18)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(())
}
