#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/planner/planner.hpp"

namespace host::testing {

/// Monday, 16 March 2026, in Warsaw.
std::chrono::sys_seconds at(int hour, int minute = 0, int day = 16);
common::Time time(int hour, int minute = 0, int day = 16);

/// 08:00, with an empty calendar, an empty inbox and no tasks; the profile works from 9 to 17.
World morning();

calendar::Event event(const std::string& title, std::chrono::sys_seconds start,
                      std::chrono::sys_seconds end);
/// Puts a letter into the inbox, and its text where it can be read.
void add_letter(World& world, const std::string& id, email::Triage category,
                const std::string& from, const std::string& subject, const std::string& text = "");
/// A letter of Jonas that asks for a meeting.
void add_invitation(World& world, std::chrono::sys_seconds start, std::chrono::sys_seconds end);
/// Puts a task onto the focus list.
tasks::Scored& add_task(World& world, const std::string& id, const std::string& title, int minutes);

Plan plan(const World& world);

/// The actions of one kind, and the only one of a kind.
std::vector<Action> actions(const Plan& plan, const std::string& kind);
const Action& only(const std::vector<Action>& actions);
std::vector<std::string> notices(const Plan& plan, const std::string& kind);

/// An action's arguments as the struct that they were made of.
template <class Args>
Args arguments(const Action& action) {
  Args args{};
  const nlohmann::json json = nlohmann::json::parse(action.proposal.call.arguments);
  const std::vector<std::string> complaints =
      mcp::fields::decode(mcp::fields::type_of<Args>(), json, &args);
  if (!complaints.empty()) throw std::runtime_error(complaints.front());
  return args;
}

}  // namespace host::testing
