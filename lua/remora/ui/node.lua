--- A float that tells what a node is: its key, header and summary, who calls it, what it calls, which tests test it.
local M = {}

local float = require("remora.ui.float")
local jump = require("remora.ui.jump")
local refs = require("remora.ui.refs")

local namespace = vim.api.nvim_create_namespace("remora.node")
local SHOWN = 100
local DOC_LINES = 6

---@class remora.NodeView
---@field lines string[]
---@field marks { row: integer, col: integer, end_col: integer, group: string }[]
---@field targets table<integer, remora.Target> where a row leads; rows are 0-based

local function words(node)
  local list = { node.visibility ~= "" and node.visibility or nil }
  vim.list_extend(list, node.flags)
  if not vim.list_contains(list, node.kind) then
    list[#list + 1] = node.kind
  end
  return table.concat(list, " ")
end

local SECTIONS = { "members", "importers", "callers", "callees", "tests" }
local HEADINGS = { members = "in it", importers = "imported by" } -- a module's only
local COMMANDS = { callers = ":RemoraCallers", callees = ":RemoraCallees" }

--- The float's text, its colours, and where its rows lead.
---@param node table the answer to `node`, see doc/protocol.md
---@return remora.NodeView
function M.view(node)
  local view = { lines = {}, marks = {}, targets = {} }
  local own = refs.target(node, "node", node.root)

  local function put(text, target)
    view.lines[#view.lines + 1] = " " .. text .. " "
    view.targets[#view.lines - 1] = target
  end
  local function color(col, length, group)
    local mark = { row = #view.lines - 1, col = col + 1, end_col = col + 1 + length, group = group }
    view.marks[#view.marks + 1] = mark
  end

  put(node.key, own)
  color(0, #node.key, "RemoraKey")
  put(words(node), own)
  color(0, #words(node), "RemoraKind")
  if node.signature ~= "" then
    put(node.signature, own)
    color(0, #node.signature, "RemoraSignature")
  end
  local told = node.doc
  if node.summary and node.summary ~= "" then
    local first = vim.trim(node.doc):gsub("%s+", " "):gsub("%.$", "")
    told = first:lower() == node.summary:lower() and told or vim.trim(node.summary .. "\n\n" .. node.doc)
  end
  if told ~= "" then
    put("")
    local text = vim.split(vim.trim(told), "\n", { plain = true })
    for i = 1, math.min(#text, DOC_LINES) do
      put(text[i]:gsub("%c", " ") .. (i == DOC_LINES and #text > i and " …" or ""))
      color(0, #view.lines[#view.lines] - 2, "RemoraSummary")
    end
  end
  local present = vim.tbl_filter(function(section)
    return node[section] and (#node[section] > 0 or node.kind ~= "module")
  end, SECTIONS)
  for _, section in ipairs(present) do
    local list, heading = node[section], HEADINGS[section] or section
    put("")
    put(("%s (%d)"):format(heading, #list))
    color(0, #heading, "RemoraHeading")
    local width = 0
    for i = 1, math.min(#list, SHOWN) do
      width = math.max(width, vim.fn.strdisplaywidth(refs.label(list[i])))
    end
    for i = 1, math.min(#list, SHOWN) do
      local ref = list[i]
      local name, remark = refs.label(ref), refs.remark(ref)
      local target = refs.target(ref, section, node.root)
      local place = target and ("%s:%d"):format(target.file:sub(#node.root + 2), target.row + 1) or ""
      local pad = (" "):rep(width - vim.fn.strdisplaywidth(name))
      put(("  %s%s  %s"):format(name, pad, place) .. (remark ~= "" and "  " .. remark or ""), target)
      color(2, #name, "RemoraName")
      color(2 + #name + #pad + 2, #place, "RemoraPlace")
      color(2 + #name + #pad + 2 + #place, #remark + 2, "RemoraMark")
    end
    if #list > SHOWN then
      local command = COMMANDS[section]
      put(("  and %d more"):format(#list - SHOWN) .. (command and ("; %s lists them"):format(command) or ""))
    end
  end
  return view
end

--- Show it; <CR> goes where a row leads, q closes.
---@param node table
function M.show(node)
  local view = M.view(node)
  local win = float.show(view.lines, refs.name(node))
  local buf = vim.api.nvim_win_get_buf(win)
  vim.wo[win].cursorline = true
  for _, mark in ipairs(view.marks) do
    local last = #view.lines[mark.row + 1]
    vim.api.nvim_buf_set_extmark(buf, namespace, mark.row, math.min(mark.col, last), {
      end_col = math.min(mark.end_col, last),
      hl_group = mark.group,
    })
  end
  vim.keymap.set("n", "<CR>", function()
    local row = vim.api.nvim_win_get_cursor(win)[1]
    local target = view.targets[row - 1]
    if target or view.lines[row]:find("^   %S") then
      vim.api.nvim_win_close(win, true)
      jump.to(target)
    end
  end, { buffer = buf, nowait = true })
end

return M
