--- The text of the outline: a row for each node, further in than the one around it, with its line behind its name.
local M = {}

local lines = require("remora.ui.lines")

local INDENT = "  "

--- Kinds that are called show parentheses, kinds of types their kind.
local CALLED = { ["function"] = true, method = true, constructor = true, macro = true, test = true }
local PLAIN = { property = true }

local function label(item)
  local name = item.name:gsub("%c", " ")
  if CALLED[item.kind] then
    return "", name .. "()"
  elseif PLAIN[item.kind] or item.level == 0 then
    return "", name
  end
  return item.kind .. " ", name
end

---@class remora.OutlineView
---@field lines string[]
---@field marks { row: integer, col: integer, end_col: integer, group: string }[]
---@field items remora.Line[] the node of each row

--- What the outline of `known` shows.
---@param known remora.Lines
---@param signs table<string, string>
---@return remora.OutlineView
function M.view(known, signs)
  local view = { lines = {}, marks = {}, items = {} }
  for i, item in ipairs(known.items) do
    local marks
    view.items[i] = item
    view.lines[i], marks = M.row(item, i - 1, known, signs)
    vim.list_extend(view.marks, marks)
  end
  return view
end

--- One row of it, and its colours.
---@param item remora.Line
---@param row integer
---@param known remora.Lines
---@param signs table<string, string>
---@return string text
---@return { row: integer, col: integer, end_col: integer, group: string }[] marks
function M.row(item, row, known, signs)
  local text, marks = INDENT:rep(math.max(item.level - known.items[1].level, 0)), {}
  local function add(part, group)
    if part ~= "" then
      marks[#marks + 1] = { row = row, col = #text, end_col = #text + #part, group = group }
      text = text .. part
    end
  end
  local kind, name = label(item)
  add(kind, "RemoraKind")
  add(name, item.level == 0 and "RemoraHeading" or "RemoraName")
  local sign, said = lines.chunks(item, known, signs)
  if sign then
    text = text .. "  "
    add(unpack(sign))
    add(unpack(said))
  end
  return text, marks
end

--- The words of an outline without nodes.
---@param why string
---@return remora.OutlineView
function M.words(why)
  return { lines = { why }, marks = { { row = 0, col = 0, end_col = #why, group = "RemoraLine" } }, items = {} }
end

return M
