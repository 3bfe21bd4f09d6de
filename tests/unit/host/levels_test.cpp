#include "host/trust/levels.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "schemas/calendar/names.hpp"
#include "schemas/email/names.hpp"
#include "schemas/files/names.hpp"
#include "schemas/memory/names.hpp"
#include "schemas/tasks/names.hpp"

namespace host {
namespace {

using Json = nlohmann::json;
using Names = std::set<std::pair<std::string, std::string>>;

Names generated_tools() {
  Names names;
  const auto add = [&](const char* server, std::span<const std::string_view> tools) {
    for (const std::string_view tool : tools) names.insert({server, std::string(tool)});
  };
  add("calendar", calendar::tool_names());
  add("email", email::tool_names());
  add("files", files::tool_names());
  add("memory", memory::tool_names());
  add("tasks", tasks::tool_names());
  return names;
}

TEST(Levels, EachToolOfTheGeneratedTablesHasOneRow) {
  Names rows;
  for (const ToolRow& row : own_tools())
    EXPECT_TRUE(rows.insert({std::string(row.server), std::string(row.tool)}).second)
        << row.server << " " << row.tool << " twice";
  EXPECT_EQ(rows, generated_tools());
}

TEST(Levels, AToolWithoutARowHasNoClass) {
  EXPECT_EQ(class_of("email", "burn_mailbox", Json::object()), std::nullopt);
}

TEST(Levels, ArgumentsDecideToo) {
  EXPECT_EQ(class_of("email", "send_drafts", {{"ids", {"d1"}}}), ActionClass::Send);
  EXPECT_EQ(class_of("email", "send_drafts", {{"ids", {"d1"}}, {"dry_run", true}}),
            ActionClass::Read);
  EXPECT_EQ(class_of("email", "move_messages", {{"mailbox", "archive"}}), ActionClass::Named);
  EXPECT_EQ(class_of("email", "move_messages", {{"mailbox", "trash"}}), ActionClass::Delete);
  for (const char* trash : {".Trash", "Bin", "Deleted Items", "Papierkorb", " trash "})
    EXPECT_EQ(class_of("email", "move_messages", {{"mailbox", trash}}), ActionClass::Delete);
}

TEST(Levels, ByDefaultOnlyOurOwnStoresChangeUnasked) {
  const Levels levels;
  EXPECT_EQ(levels.rule(ActionClass::Read, {}).level, Level::Act);
  EXPECT_EQ(levels.rule(ActionClass::Own, {}).level, Level::Tell);
  for (const ActionClass asks :
       {ActionClass::Named, ActionClass::Delete, ActionClass::Send, ActionClass::Stranger})
    EXPECT_EQ(levels.rule(asks, {}).level, Level::Ask);
}

TEST(Levels, DemoDoesWhatCanBeUndoneAndNeverSends) {
  const Levels levels(Autonomy::Demo);
  EXPECT_EQ(levels.rule(ActionClass::Named, {}).level, Level::Tell);
  EXPECT_EQ(levels.rule(ActionClass::Delete, {}).level, Level::Tell);
  EXPECT_EQ(levels.rule(ActionClass::Send, {}).level, Level::Ask);
  EXPECT_EQ(levels.rule(ActionClass::Stranger, {}).level, Level::Ask);
}

TEST(Levels, ApprovalsInARowFreeAKindOfChangeButNeverSending) {
  const Levels levels;
  EXPECT_EQ(levels.rule(ActionClass::Named, {.approvals = kApprovalsToRaise - 1}).level,
            Level::Ask);
  EXPECT_EQ(levels.rule(ActionClass::Named, {.approvals = kApprovalsToRaise}).level, Level::Tell);
  EXPECT_EQ(levels.rule(ActionClass::Send, {.approvals = 100}).level, Level::Ask);
  EXPECT_EQ(levels.rule(ActionClass::Delete, {.approvals = 100}).level, Level::Ask);
}

TEST(Levels, RejectionsInARowBindAndThenForbid) {
  const Levels levels;
  EXPECT_EQ(levels.rule(ActionClass::Own, {.turned_down = 1}).level, Level::Tell);
  EXPECT_EQ(levels.rule(ActionClass::Own, {.turned_down = kRejectionsToLower}).level, Level::Ask);
  EXPECT_EQ(levels.rule(ActionClass::Own, {.turned_down = kRejectionsToDeny}).level, Level::Deny);
}

TEST(Levels, NothingGoesAboveTheUsersCeiling) {
  Levels levels(Autonomy::Demo);
  levels.set_ceiling(ActionClass::Named, Level::Ask);
  EXPECT_EQ(levels.rule(ActionClass::Named, {.approvals = 100}).level, Level::Ask);
  EXPECT_EQ(levels.rule(ActionClass::Own, {}).level, Level::Tell);
}

TEST(Levels, ATypedCommandIsTheUsersWordForOurOwnStoresOnly) {
  const Levels levels;
  EXPECT_EQ(levels.rule_typed(ActionClass::Read).level, Level::Act);
  EXPECT_EQ(levels.rule_typed(ActionClass::Own).level, Level::Act);
  EXPECT_EQ(levels.rule_typed(ActionClass::Named).level, Level::Ask);
  EXPECT_EQ(levels.rule_typed(ActionClass::Send).level, Level::Ask);
}

}  // namespace
}  // namespace host
