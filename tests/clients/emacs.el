;; Emacs, in batch mode, as a client of `keiyaku lsp` (eglot): diagnostics, a jump to a definition, the outline.
;;
;;   KEIYAKU=target/debug/keiyaku emacs --batch -l tests/clients/emacs.el
(require 'package)
(package-initialize)
(require 'eglot)
(require 'imenu)
(setq eglot-sync-connect 10 eglot-autoshutdown t project-find-functions nil)

(defun keiyaku-wait (message condition)
  "Wait for CONDITION; fail with MESSAGE."
  (let ((until (+ (float-time) 10)))
    (while (not (funcall condition))
      (when (> (float-time) until) (message "FAILED: %s" message) (kill-emacs 1))
      (accept-process-output nil 0.05))))

(let* ((folder (make-temp-file "契約" t))
       (path (expand-file-name "下書き.txt" folder)))
  (with-temp-file path
    (insert "清掃の取決文書\n第1条（目的）\n1. 甲は、乙に清掃を委託する。\n2. 𠮷田は、前項の業務を行う。。\n第2条（費用）\n甲は、第1条第2項の費用を支払う。\n"))
  (find-file path)
  (text-mode)
  (add-to-list 'eglot-server-programs `(text-mode . (,(expand-file-name (or (getenv "KEIYAKU") "keiyaku")) "lsp")))
  (apply #'eglot (eglot--guess-contact))
  (keiyaku-wait "no diagnostics" (lambda () (flymake-start) (= 1 (length (flymake-diagnostics)))))
  (let ((found (car (flymake-diagnostics))))
    (unless (equal "。。" (buffer-substring (flymake-diagnostic-beg found) (flymake-diagnostic-end found)))
      (message "FAILED: the columns behind 𠮷 are wrong")
      (kill-emacs 1)))
  (goto-char (point-min))
  (search-forward "第1条第")
  (call-interactively #'xref-find-definitions)
  (keiyaku-wait "no jump" (lambda () (= 4 (line-number-at-pos))))
  (keiyaku-wait "no outline" (lambda () (eglot-imenu)))
  (message "ok"))
