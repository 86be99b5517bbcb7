--- Options: one schema with types, defaults and help, read from `vim.g.remora` at each use.
local M = {}

---@class remora.Option
---@field type string|string[] a Lua type, or the allowed values
---@field default any
---@field help string one line; doc/remora.txt carries the long form
---@field fields? table<string, remora.Option>
---@field off? boolean whether `false` turns the whole table off

---@type table<string, remora.Option>
M.schema = {
  default_keys = { type = "boolean", default = false, help = "map if, af, ic and ac (read when Neovim starts)" },
  root = { type = "string", help = "the workspace's folder; by default found from the file" },
  engine = { type = "string", help = "llama, endpoint:URL or scripted:FILE.json" },
  model = { type = "string", help = "a name from the model catalogue" },
  preload = { type = "boolean", default = true, help = "load the model at the first selection or prompt" },
  preview = { type = { "lines", "float" }, default = "lines", help = "where the answer streams" },
  preview_lines = { type = "number", default = 12, help = "most lines of the preview" },
  frame_ms = { type = "number", default = 33, help = "time between two drawings of a preview" },
  winbar = { type = "boolean", default = true, help = "show the review's keys and counts in the winbar" },
  summary = {
    type = "table",
    help = "lines about nodes",
    fields = {
      place = { type = { "above", "eol" }, default = "above", help = "above a node, or at the end of its header" },
      mode = { type = { "hybrid", "rule", "llm" }, help = "who makes lines; by default the server's setting" },
      threshold = { type = "number", help = "lines of a lower confidence go to the model" },
      max_llm = { type = "number", help = "most lines that the model makes for one request" },
      pause_ms = { type = "number", default = 800, help = "time after the last change before lines are made again" },
      signs = {
        type = "table",
        help = "what stands before a line",
        fields = {
          rule = { type = "string", default = "·", help = "made by rules" },
          model = { type = "string", default = "*", help = "made by the model" },
          unsure = { type = "string", default = "?", help = "not to be relied on" },
          stale = { type = "string", default = "~", help = "of an earlier text" },
        },
      },
    },
  },
  outline = {
    type = "table",
    help = "the window of :RemoraOutline",
    fields = {
      side = { type = { "right", "left" }, default = "right", help = "where it opens" },
      width = { type = "number", default = 44, help = "its width in cells" },
    },
  },
  review_keys = {
    type = "table",
    off = true,
    help = "keys of a review; false for none, or false for one of them",
    fields = {
      next = { type = "string", off = true, default = "]h", help = "go to the next hunk" },
      prev = { type = "string", off = true, default = "[h", help = "go to the previous hunk" },
      accept = { type = "string", off = true, default = "a", help = "accept the hunk under the cursor" },
      dismiss = { type = "string", off = true, default = "d", help = "dismiss the hunk under the cursor" },
      select = { type = "string", off = true, default = "ih", help = "text object: the hunk under the cursor" },
    },
  },
}

--- Edits needed to turn `a` into `b`, for naming the nearest known key.
local function distance(a, b)
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      diagonal, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, diagonal + cost)
    end
  end
  return row[#b]
end

local function nearest(key, fields)
  local best, least
  for name in pairs(fields) do
    local d = distance(key, name)
    if not least or d < least or (d == least and name < best) then
      best, least = name, d
    end
  end
  return best
end

local function fits(option, value)
  if value == false and option.off then
    return true
  end
  if type(option.type) == "table" then
    return vim.list_contains(option.type, value)
  end
  return type(value) == option.type
end

local function describe(option)
  local words = type(option.type) == "table" and table.concat(option.type, " or ") or ("a " .. option.type)
  return option.off and words .. " or false" or words
end

local function check(fields, values, prefix, problems)
  for key, value in pairs(values) do
    local path, option = prefix .. tostring(key), fields[key]
    if not option then
      problems[#problems + 1] = ("%s is not an option; did you mean %s%s?"):format(
        path,
        prefix,
        nearest(tostring(key), fields)
      )
    elseif not fits(option, value) then
      problems[#problems + 1] = ("%s must be %s, not %s"):format(path, describe(option), vim.inspect(value))
    elseif option.fields and type(value) == "table" then
      check(option.fields, value, path .. ".", problems)
    end
  end
end

local function resolve(fields, values)
  local resolved = {}
  for key, option in pairs(fields) do
    local value = values[key]
    if value ~= nil and not fits(option, value) then
      value = nil
    end
    if option.fields and value ~= false then
      resolved[key] = resolve(option.fields, value or {})
    elseif value ~= nil then
      resolved[key] = value
    else
      resolved[key] = option.default
    end
  end
  return resolved
end

local function given()
  return type(vim.g.remora) == "table" and vim.g.remora or {}
end

--- Present options: what the user set, else the defaults. A value of a wrong type counts as not set; |:checkhealth| tells.
---@return remora.Config
function M.get()
  return resolve(M.schema, given())
end

--- Mistakes in `vim.g.remora`, one sentence each, sorted.
---@return string[]
function M.problems()
  local problems = {}
  if vim.g.remora ~= nil and type(vim.g.remora) ~= "table" then
    return { "remora must be a table: vim.g.remora = { ... }" }
  end
  check(M.schema, given(), "remora.", problems)
  table.sort(problems)
  return problems
end

--- Merge `opts` into `vim.g.remora`.
---@param opts table?
function M.merge(opts)
  vim.g.remora = vim.tbl_deep_extend("force", given(), opts or {})
end

return M
