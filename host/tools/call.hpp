#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/trust/deeds.hpp"
#include "host/trust/levels.hpp"

namespace host {

/// A call of one tool that somebody wants made.
struct CallRequest {
  std::string server{};
  std::string tool{};
  std::string arguments{"{}"};  ///< A JSON object.
};

/// What a tool answered.
struct CallResult {
  bool failed{};             ///< The tool refused, or the server did not answer; `text` says why.
  std::string text{};        ///< For people and models. Holds words of others.
  std::string structured{};  ///< A JSON object, or empty.
  std::string change_id{};   ///< Empty if nothing was changed.
};

/// A change that the planner proposes.
struct Proposal {
  CallRequest call{};
  std::string kind{};    ///< The rule's name for it: "archive", "focus_block".
  std::string title{};   ///< What it does, for people: "Archive 4 messages".
  std::string reason{};  ///< Why, in a sentence.
};

/// What the gate made of a request.
struct Outcome {
  Ruling ruling{};
  ActionClass action_class{};
  std::optional<CallResult> result{};  ///< If the call was made.
  std::optional<std::int64_t> card{};  ///< If it waits for the user.
  std::string problem{};               ///< Why there is neither; a sentence.
};

}  // namespace host
