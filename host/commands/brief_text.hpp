#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/agent/answers.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/terminal.hpp"
#include "host/planner/world.hpp"
#include "host/trust/cards.hpp"
#include "host/trust/deeds.hpp"

namespace host {

/// What a brief is made of: what is seen now, what was done, what waits.
struct BriefParts {
  const World& world;
  const std::vector<Unseen>& unseen;
  const std::map<std::string, Deed>& deeds;
  const std::vector<Card>& cards;
};

/// The day for people: sections of 80 columns.
std::string brief_text(const BriefParts& parts, const Terminal& terminal);

/// The same for programs.
OutputJson brief_json(const BriefParts& parts);

}  // namespace host
