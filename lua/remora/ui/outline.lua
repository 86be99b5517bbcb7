--- The text of the outline: a row for each node, further in than the one around it, with its line behind its name.
local M = {}

local lines = require("remora.ui.lines")

local INDENT = "  "

--- Kinds that are called show parentheses, kinds of types their kind.
local CALLED = { ["function"] = true, method = true, constructor = true, macro = true, test = true }
local PLAIN = { property = true, module = true }

local function label(item)
  local name = item.name:gsub("%c", " ")
  if CALLED[item.kind] then
    return "", name .. "()"
  elseif PLAIN[item.kind] then
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
  local first = known.items[1] and known.items[1].level or 0
  for _, item in ipairs(known.items) do
    local row, text = #view.lines, INDENT:rep(math.max(item.level - first, 0))
    local function add(part, part_group)
      if part ~= "" then
        view.marks[#view.marks + 1] = { row = row, col = #text, end_col = #text + #part, group = part_group }
        text = text .. part
      end
    end
    local kind, name = label(item)
    add(kind, "RemoraKind")
    add(name, item.kind == "module" and "RemoraHeading" or "RemoraName")
    local sign, said = lines.chunks(item, known, signs)
    if sign then
      text = text .. "  "
      add(unpack(sign))
      add(unpack(said))
    end
    view.lines[#view.lines + 1], view.items[#view.items + 1] = text, item
  end
  return view
end

--- The words of an outline without nodes.
---@param why string
---@return remora.OutlineView
function M.words(why)
  return { lines = { why }, marks = { { row = 0, col = 0, end_col = #why, group = "RemoraLine" } }, items = {} }
end

return M
