#pragma once

#include <string>
#include <vector>

#include "servers/common/roots.hpp"
#include "servers/common/times.hpp"
#include "servers/email/drafts.hpp"
#include "servers/email/identity.hpp"
#include "servers/email/store.hpp"

namespace email {

struct CreateDraftArgs;

/// What a caller asked for, made into messages that could be sent.
struct Written {
  std::vector<NewDraft> drafts{};
  std::vector<std::string> warnings{};
};

/// Makes new messages, replies, forwards and answers to invitations. It changes nothing. Every
/// complaint is a mcp::ToolError that begins with the argument's pointer.
class DraftWriter final {
 public:
  /// All outlive it; `mail` is null where there is no Maildir.
  DraftWriter(const common::Times& times, const common::Roots& roots, const Identity& identity,
              MailStore* mail)
      : times_(times), roots_(roots), identity_(identity), mail_(mail) {}

  Written write(const CreateDraftArgs& args) const;

 private:
  struct Original;
  Original original(const std::string& pointer, const std::string& id) const;
  NewDraft plain(const CreateDraftArgs& args) const;
  void answer(const CreateDraftArgs& args, const Original& original, NewDraft& draft) const;
  void add_reply_recipients(const CreateDraftArgs& args, const Original& original,
                            NewDraft& draft) const;
  void add_invitation(const CreateDraftArgs& args, const Original& original, NewDraft& draft) const;
  void pass_on(const CreateDraftArgs& args, const Original& original, NewDraft& draft) const;

  const common::Times& times_;
  const common::Roots& roots_;
  const Identity& identity_;
  MailStore* mail_;
};

}  // namespace email
