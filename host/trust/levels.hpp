#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace host {

/// What a call does, as far as consent cares.
enum class ActionClass : std::uint8_t {
  Read,
  Own,       ///< Changes Adjutant's own stores, privately, and can be undone.
  Named,     ///< Changes what the user named: a Maildir, a folder.
  Delete,    ///< Deletes; moving to the trash is deleting.
  Send,      ///< Another person would see it.
  Allowed,   ///< A tool of a server that is not ours, which the configuration names.
  Stranger,  ///< Any other tool of such a server: it could do anything.
};

/// How free the agent is, from none to all.
enum class Level : std::uint8_t {
  Deny,
  Ask,   ///< The user is asked; with nobody there a card is queued.
  Tell,  ///< It is done, and the user is told.
  Act    ///< It is done.
};

std::string_view name_of(ActionClass action_class);
std::string_view name_of(Level level);
std::optional<ActionClass> find_action_class(std::string_view name);
std::optional<Level> find_level(std::string_view name);

/// One row for each tool of our own servers.
struct ToolRow {
  std::string_view server{};
  std::string_view tool{};
  ActionClass action_class{};
};
std::span<const ToolRow> own_tools();

/// The class of a call of one of our own tools, by its arguments too; nothing for a tool without a
/// row.
std::optional<ActionClass> class_of(std::string_view server, std::string_view tool,
                                    const nlohmann::json& arguments);

/// `--autonomy`. Demo has every undoable class at tell, sending stays at ask.
enum class Autonomy : std::uint8_t { Ask, Demo };

/// How the user has answered one kind of action, from `lessons`.
struct Standing {
  int approvals{};    ///< In a row, up to now.
  int turned_down{};  ///< Rejections and undos in a row, up to now.
};

constexpr int kApprovalsToRaise = 3;
constexpr int kRejectionsToLower = 2;
constexpr int kRejectionsToDeny = 4;

struct Ruling {
  Level level{};
  std::string rule{};  ///< What decided, in words, for the audit and the user.
};

/// The level of each class: where it starts, and the user's ceiling, which nothing goes above.
class Levels {
 public:
  explicit Levels(Autonomy autonomy = Autonomy::Ask) : autonomy_(autonomy) {}

  void set_ceiling(ActionClass action_class, Level ceiling) { ceilings_[action_class] = ceiling; }

  /// What the agent may do of its own accord. Approvals in a row free a kind of change by a step,
  /// but never a deletion or what another person would see; rejections and undos bind it.
  Ruling rule(ActionClass action_class, const Standing& standing) const;

  /// A command that the user typed is the user's word for reads and for Adjutant's own stores; for
  /// the rest the user is asked.
  Ruling rule_typed(ActionClass action_class) const;

  Autonomy autonomy() const { return autonomy_; }

 private:
  Ruling capped(ActionClass action_class, Ruling ruling) const;

  Autonomy autonomy_;
  std::map<ActionClass, Level> ceilings_;
};

}  // namespace host
