#include <stdexcept>

#include "tests/wire/bad_input.hpp"

namespace wire {
namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

Arguments for_tasks() {
  return {
      {"add_tasks", R"({})"},
      {"add_tasks", R"({"tasks":7})"},
      {"add_tasks", R"({"tasks":{"title":"x"}})"},
      {"add_tasks", R"({"tasks":["x"]})"},
      {"add_tasks", R"({"tasks":[{"title":5}]})"},
      {"add_tasks", R"({"tasks":[{}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","importance":"much"}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","importance":9}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","estimate_minutes":0}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","priority":"urgent"}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","status":3}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","due":20260317}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","due":"the day the music died"}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","tags":"home"}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x","tags":[1]}]})"},
      {"add_tasks", R"({"tasks":[{"title":"x"}],"dry_run":"yes"})"},
      {"list_tasks", R"({"status":"todo"})"},
      {"list_tasks", R"({"status":["later"]})"},
      {"list_tasks", R"({"fields":["title","colour"]})"},
      {"complete_tasks", R"({"ids":null})"},
  };
}

Arguments for_calendar() {
  return {
      {"create_event", R"({"start":"tomorrow 3pm"})"},
      {"create_event", R"({"title":"x"})"},
      {"create_event", R"({"title":null,"start":"tomorrow"})"},
      {"create_event", R"({"title":["x"],"start":"tomorrow"})"},
      {"create_event", R"({"title":"x","start":{"date":"2026-03-17"}})"},
      {"create_event", R"({"title":"x","start":"2026-02-30"})"},
      {"create_event", R"({"title":"x","start":"25 o'clock"})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","end":"tomorrow 2pm"})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","duration_minutes":"an hour"})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","duration_minutes":0})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","busy":"no"})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","attendees":"a@example.org"})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","reminders_minutes":[40321]})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","reminders_minutes":[{}]})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","repeat":"FREQ=SOMETIMES"})"},
      {"create_event", R"({"title":"x","start":"tomorrow 3pm","zone":"Europe/Atlantis"})"},
      {"find_free_slots", R"({"duration_minutes":1})"},
      {"find_free_slots", R"({"duration_minutes":30,"order":"best"})"},
      {"respond_to_event", R"({"response":"perhaps"})"},
  };
}

Arguments for_email() {
  return {
      {"create_draft", R"({"to":"a@example.org"})"},
      {"create_draft", R"({"to":[7]})"},
      {"create_draft", R"({"to":["a@example.org"],"subject":{}})"},
      {"create_draft", R"({"to":["a@example.org"],"text":["x"]})"},
      {"create_draft", R"({"to":["a@example.org"],"reply_all":1})"},
      {"create_draft", R"({"invitation_response":"maybe"})"},
      {"create_draft", R"({"propose_start":42})"},
      {"create_draft", R"({"propose_start":"soonish"})"},
      {"get_messages", R"({})"},
      {"get_messages", R"({"ids":"m1"})"},
      {"get_messages", R"({"ids":["m1"],"view":"raw"})"},
      {"get_messages", R"({"ids":["m1"],"max_chars":199})"},
      {"get_messages", R"({"ids":["m1"],"offset":-1})"},
      {"flag_messages", R"({"ids":["m1"],"add_flags":["shiny"]})"},
      {"flag_messages", R"({"ids":["m1"],"add_flags":"read"})"},
      {"move_messages", R"({"ids":["m1"]})"},
      {"move_messages", R"({"ids":["m1"],"mailbox":false})"},
      {"search_messages", R"({"fields":["body"]})"},
  };
}

Arguments for_files() {
  return {
      {"read_text_file", R"({})"},
      {"read_text_file", R"({"path":null})"},
      {"read_text_file", R"({"path":7})"},
      {"read_text_file", R"({"path":["a"]})"},
      {"read_text_file", R"({"path":{}})"},
      {"read_text_file", R"({"path":"Pricing/three-levels.csv","head":"two"})"},
      {"read_text_file", R"({"path":"Pricing/three-levels.csv","head":-1})"},
      {"read_text_file", R"({"path":"Pricing/three-levels.csv","tail":1.5})"},
      {"read_text_file", R"({"path":"Pricing/three-levels.csv","tail":[]  ,"head":true})"},
      {"read_text_file", R"({"path":"Pricing/three-levels.csv","start_line":0})"},
      {"read_text_file", R"({"path":"Pricing/three-levels.csv","head":1,"tail":1})"},
      {"list_directory", R"({"path":true})"},
      {"list_directory", R"({})"},
  };
}

Arguments for_memory() {
  return {
      {"update_profile", R"({"set":"identity.name"})"},
      {"update_profile", R"({"set":[1]})"},
      {"update_profile", R"({"set":[{"key":"identity.name"}]})"},
      {"update_profile", R"({"set":[{"key":7,"value":"x"}]})"},
      {"update_profile", R"({"set":[{"key":"identity.name","value":7}]})"},
      {"update_profile", R"({"set":[{"key":"identity.shoe_size","value":"39"}]})"},
      {"update_profile",
       R"({"set":[{"key":"preferences.scheduling.buffer_between_meetings","value":"wide"}]})"},
      {"update_profile", R"({"clear":"identity.name"})"},
      {"update_profile", R"({"clear":[{}]})"},
      {"record_episode", R"({})"},
      {"record_episode", R"({"text":{"said":"x"}})"},
      {"record_episode", R"({"text":"x","outcome":"great"})"},
      {"record_episode", R"({"text":"x","at":"once upon a time"})"},
      {"record_episode", R"({"text":"x","tags":{"a":1}})"},
      {"get_context", R"({"task":"x","max_tokens":50})"},
      {"list_memories", R"({"kinds":["rumour"]})"},
      {"list_memories", R"({"limit":501})"},
  };
}

}  // namespace

Arguments wrong_arguments(const std::string& server) {
  if (server == "tasks") return for_tasks();
  if (server == "calendar") return for_calendar();
  if (server == "email") return for_email();
  if (server == "files") return for_files();
  if (server == "memory") return for_memory();
  throw std::invalid_argument("no such server: " + server);
}

}  // namespace wire
