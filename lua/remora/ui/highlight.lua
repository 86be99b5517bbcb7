--- Highlighted text for virtual lines: by a tree-sitter parser on the text, or else by the language's `syntax` file.
local M = {}

--- Only this many of the last lines are parsed: a frame of a long answer costs as much as one of a short answer.
local PARSED_LINES = 300

---@alias remora.Chunk {[1]: string, [2]: string|string[]}

--- Split `line` where the group of a byte changes. `groups[i]` belongs to byte `i`.
local function chunks_of(line, groups, base)
  local chunks, from = {}, 1
  for i = 2, #line + 1 do
    if i > #line or groups[i] ~= groups[from] then
      chunks[#chunks + 1] = { line:sub(from, i - 1), groups[from] and { base, groups[from] } or base }
      from = i
    end
  end
  return #chunks > 0 and chunks or { { "", base } }
end

local function by_tree(lines, lang, base)
  local text = table.concat(lines, "\n")
  local ok, parser = pcall(vim.treesitter.get_string_parser, text, lang)
  local query = ok and vim.treesitter.query.get(lang, "highlights")
  if not query then
    return nil
  end
  local groups = {}
  for i = 1, #lines do
    groups[i] = {}
  end
  for id, node in query:iter_captures(parser:parse()[1]:root(), text) do
    local name = query.captures[id]
    if name:sub(1, 1) ~= "_" and name ~= "spell" and name ~= "nospell" then
      local row, col, last_row, last_col = node:range()
      for at = row, math.min(last_row, #lines - 1) do
        local from, to = at == row and col or 0, at == last_row and last_col or #lines[at + 1]
        for byte = from + 1, to do
          groups[at + 1][byte] = "@" .. name .. "." .. lang
        end
      end
    end
  end
  local result = {}
  for i, line in ipairs(lines) do
    result[i] = chunks_of(line, groups[i], base)
  end
  return result
end

local scratch = {} ---@type table<string, integer> filetype -> buffer that holds text for `syntax`

local function by_syntax(lines, filetype, base)
  local buf = scratch[filetype]
  if not buf or not vim.api.nvim_buf_is_valid(buf) then
    buf = vim.api.nvim_create_buf(false, true)
    vim.bo[buf].syntax = filetype
    scratch[filetype] = buf
  end
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  local result = {}
  vim.api.nvim_buf_call(buf, function()
    for i, line in ipairs(lines) do
      local groups = {}
      for byte = 1, #line do
        local name = vim.fn.synIDattr(vim.fn.synIDtrans(vim.fn.synID(i, byte, 1)), "name")
        groups[byte] = name ~= "" and name or nil
      end
      result[i] = chunks_of(line, groups, base)
    end
  end)
  return result
end

--- Virtual text shows a tab as ^I, so tabs become spaces.
---@param line string
---@param tabstop integer
---@return string
function M.expand(line, tabstop)
  if not line:find("\t", 1, true) then
    return line
  end
  local out, column = {}, 0
  for part, tab in line:gmatch("([^\t]*)(\t?)") do
    column = column + vim.fn.strdisplaywidth(part)
    out[#out + 1] = part
    if tab ~= "" then
      local width = tabstop - column % tabstop
      out[#out + 1], column = (" "):rep(width), column + width
    end
  end
  return table.concat(out)
end

--- Highlight the last `count` of `lines` as code of `buf`'s language, over the group `base`.
---@param lines string[]
---@param buf integer
---@param base string
---@param count? integer by default all
---@return remora.Chunk[][] one list of chunks for each line
function M.lines(lines, buf, base, count)
  count = math.min(count or #lines, #lines)
  local first = math.max(#lines - math.max(count, PARSED_LINES) + 1, 1)
  local shown = {}
  for i = first, #lines do
    shown[#shown + 1] = M.expand(lines[i], vim.bo[buf].tabstop)
  end
  local filetype = vim.bo[buf].filetype
  local lang = vim.treesitter.language.get_lang(filetype) or filetype
  local result = by_tree(shown, lang, base)
  if not result then
    shown = vim.list_slice(shown, #shown - count + 1)
    result = by_syntax(shown, filetype, base)
  end
  return vim.list_slice(result, #result - count + 1)
end

--- Fold a line's chunks into rows of at most `width` cells, since virtual lines neither wrap nor scroll sideways.
--- Each row but the first begins with a mark in the group `hint`.
---@param chunks remora.Chunk[]
---@param width integer
---@param hint string
---@return remora.Chunk[][]
function M.wrap(chunks, width, hint)
  local mark = { "↪ ", hint }
  local indent = vim.fn.strdisplaywidth(mark[1])
  local rows, row, used = {}, {}, 0
  for _, chunk in ipairs(chunks) do
    local part, cells = {}, vim.fn.strdisplaywidth(chunk[1])
    if used + cells <= width then
      part, used = { chunk[1] }, used + cells
    else
      for _, char in ipairs(vim.fn.split(chunk[1], "\\zs")) do
        cells = vim.fn.strdisplaywidth(char)
        if used + cells > width and used > indent then
          row[#row + 1] = { table.concat(part), chunk[2] }
          rows[#rows + 1] = row
          row, part, used = { mark }, {}, indent
        end
        part[#part + 1], used = char, used + cells
      end
    end
    row[#row + 1] = { table.concat(part), chunk[2] }
  end
  rows[#rows + 1] = row
  return rows
end

return M
