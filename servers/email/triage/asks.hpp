#pragma once

#include <string_view>

#include "servers/email/triage/model.hpp"

/// Does a text ask its reader to do something?
namespace email::triage {

/// One sentence: its words, pairs and threes, how it begins, and whether it ends in a question.
Sample asks_sample(std::string_view sentence);

/// 0 to 1; 0.5 and more is an ask.
double asks_probability(std::string_view sentence, const Model& model = kAsksModel);

}  // namespace email::triage
