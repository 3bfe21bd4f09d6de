#include "host/trust/levels.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace host {

namespace {

using enum ActionClass;

constexpr std::array<std::string_view, 7> kClassNames{"read", "own",     "named",   "delete",
                                                      "send", "allowed", "stranger"};
constexpr std::array<std::string_view, 4> kLevelNames{"deny", "ask", "tell", "act"};

constexpr ToolRow kOwnTools[] = {
    {"calendar", "list_events", Read},
    {"calendar", "find_free_slots", Read},
    {"calendar", "get_current_time", Read},
    {"calendar", "create_event", Own},
    {"calendar", "respond_to_event", Own},
    {"calendar", "import_ics", Own},
    {"calendar", "undo_calendar_change", Own},
    {"email", "search_messages", Read},
    {"email", "get_messages", Read},
    {"email", "triage_inbox", Read},
    {"email", "create_draft", Own},
    {"email", "flag_messages", Named},
    {"email", "move_messages", Named},
    {"email", "undo_email_change", Named},
    {"email", "send_drafts", Send},
    {"tasks", "list_tasks", Read},
    {"tasks", "get_tasks", Read},
    {"tasks", "prioritize_tasks", Read},
    {"tasks", "add_tasks", Own},
    {"tasks", "update_tasks", Own},
    {"tasks", "complete_tasks", Own},
    {"tasks", "reopen_tasks", Own},
    {"tasks", "undo_tasks_change", Own},
    {"tasks", "delete_tasks", Delete},
    {"files", "directory_tree", Read},
    {"files", "get_file_info", Read},
    {"files", "list_allowed_directories", Read},
    {"files", "list_directory", Read},
    {"files", "list_directory_with_sizes", Read},
    {"files", "read_file", Read},
    {"files", "read_media_file", Read},
    {"files", "read_multiple_files", Read},
    {"files", "read_text_file", Read},
    {"files", "search_file_contents", Read},
    {"files", "search_files", Read},
    {"files", "write_file", Named},
    {"files", "edit_file", Named},
    {"files", "create_directory", Named},
    {"files", "move_file", Named},
    {"files", "copy_file", Named},
    {"files", "undo_files_change", Named},
    {"files", "delete_files", Delete},
    {"memory", "get_profile", Read},
    {"memory", "list_memories", Read},
    {"memory", "get_context", Read},
    {"memory", "update_profile", Own},
    {"memory", "record_episode", Own},
    {"memory", "undo_memory_change", Own},
};

bool flag(const nlohmann::json& arguments, const char* name) {
  return arguments.contains(name) && arguments[name] == true;
}

/// Any other folder may be the trash under a name that only the mail server knows ("Bin", "Deleted
/// Items", "Papierkorb"), and moving there is deleting.
bool keeps_the_message(const nlohmann::json& arguments) {
  static constexpr std::array<std::string_view, 4> kKeeping{"inbox", "archive", "spam", "junk"};
  if (!arguments.contains("mailbox") || !arguments["mailbox"].is_string()) return false;
  std::string name = arguments["mailbox"].get<std::string>();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kKeeping.begin(), kKeeping.end(), name) != kKeeping.end();
}

/// Every undoable class is at tell in the demonstration; by default only private changes are.
Level starting_level(ActionClass action_class, Autonomy autonomy) {
  switch (action_class) {
    case Read:
      return Level::Act;
    case Own:
    case Allowed:
      return Level::Tell;
    case Named:
    case Delete:
      return autonomy == Autonomy::Demo ? Level::Tell : Level::Ask;
    case Send:
    case Stranger:
      return Level::Ask;
  }
  return Level::Deny;
}

bool can_be_raised(ActionClass action_class) {
  return action_class == Own || action_class == Named || action_class == Allowed;
}

template <class Enum, std::size_t Count>
std::optional<Enum> find_name(const std::array<std::string_view, Count>& names,
                              std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

std::string times(int count, const char* what) {
  return std::to_string(count) + " " + what + " in a row";
}

}  // namespace

std::string_view name_of(ActionClass action_class) {
  return kClassNames[static_cast<std::size_t>(action_class)];
}
std::string_view name_of(Level level) {
  return kLevelNames[static_cast<std::size_t>(level)];
}
std::optional<ActionClass> find_action_class(std::string_view name) {
  return find_name<ActionClass>(kClassNames, name);
}
std::optional<Level> find_level(std::string_view name) {
  return find_name<Level>(kLevelNames, name);
}

std::span<const ToolRow> own_tools() {
  return kOwnTools;
}

std::optional<ActionClass> class_of(std::string_view server, std::string_view tool,
                                    const nlohmann::json& arguments) {
  const auto row =
      std::find_if(std::begin(kOwnTools), std::end(kOwnTools),
                   [&](const ToolRow& each) { return each.server == server && each.tool == tool; });
  if (row == std::end(kOwnTools)) return std::nullopt;
  if (!arguments.is_object()) return row->action_class;
  if (flag(arguments, "dry_run") || flag(arguments, "dryRun")) return Read;
  if (tool == "move_messages" && !keeps_the_message(arguments)) return Delete;
  return row->action_class;
}

Ruling Levels::capped(ActionClass action_class, Ruling ruling) const {
  const auto ceiling = ceilings_.find(action_class);
  if (ceiling == ceilings_.end() || ruling.level <= ceiling->second) return ruling;
  return {.level = ceiling->second,
          .rule = "the configuration allows " + std::string(name_of(action_class)) + " at most " +
                  std::string(name_of(ceiling->second))};
}

Ruling Levels::rule(ActionClass action_class, const Standing& standing) const {
  Ruling ruling{.level = starting_level(action_class, autonomy_),
                .rule = std::string(name_of(action_class)) +
                        (autonomy_ == Autonomy::Demo ? " (autonomy demo)" : "")};
  if (action_class == Read) return capped(action_class, ruling);
  if (standing.turned_down >= kRejectionsToDeny) {
    ruling = {.level = Level::Deny, .rule = times(standing.turned_down, "rejections")};
  } else if (standing.turned_down >= kRejectionsToLower && ruling.level > Level::Ask) {
    ruling = {.level = Level::Ask, .rule = times(standing.turned_down, "rejections")};
  } else if (standing.approvals >= kApprovalsToRaise && ruling.level == Level::Ask &&
             can_be_raised(action_class)) {
    ruling = {.level = Level::Tell, .rule = times(standing.approvals, "approvals")};
  }
  return capped(action_class, std::move(ruling));
}

Ruling Levels::rule_typed(ActionClass action_class) const {
  if (action_class == Read || action_class == Own || action_class == Allowed)
    return {.level = Level::Act, .rule = "the user typed the command"};
  return {.level = Level::Ask, .rule = std::string(name_of(action_class)) + " asks, even typed"};
}

}  // namespace host
